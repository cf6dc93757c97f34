/** The interface between the gateway and an AWS service: a request, a reply, and an error in AWS's format. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export interface ServiceRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface ServiceReply {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer | string;
}

export type Service = (request: ServiceRequest) => Promise<ServiceReply>;

export const jsonReply = (status: number, body: unknown, headers: OutgoingHttpHeaders = {}): ServiceReply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
  body: JSON.stringify(body),
});

/** An error in the format of AWS's JSON services. */
export class AwsError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }

  reply(): ServiceReply {
    const body = { __type: this.name, message: this.message, Message: this.message };
    return jsonReply(this.status, body, { 'x-amzn-errortype': this.name });
  }
}
