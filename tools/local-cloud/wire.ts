/** One request that something made to AWS. */
export interface WireRequest {
  /** By the cloud's clock. */
  at: number;
  service: string;
  /** As IAM spells it: SendMessage, GetObject… */
  action: string;
  /** The function's name; `deployment`, `poller:<function>`, or the access key id of whoever else calls. */
  caller: string;
  /** The ARN of the queue, table, index, object, topic, secret or function; several for a batch over tables. */
  resources: readonly string[];
  bytes: number;
  /** Absent as long as there is no answer, and after a fault that a test ordered. */
  status?: number;
  milliseconds?: number;
}

export type WireFilter = Partial<Pick<WireRequest, 'service' | 'action' | 'caller'>> & {
  /** A whole ARN or its end. */
  resource?: string;
};

export class Wire {
  #requests: WireRequest[] = [];

  get requests(): readonly WireRequest[] {
    return this.#requests;
  }

  record(request: WireRequest): WireRequest {
    this.#requests.push(request);
    return request;
  }

  matching(filter: WireFilter = {}): WireRequest[] {
    const { resource, ...exact } = filter;
    return this.#requests.filter(
      (request) =>
        (exact.service === undefined || exact.service === request.service) &&
        (exact.action === undefined || exact.action === request.action) &&
        (exact.caller === undefined || exact.caller === request.caller) &&
        (resource === undefined || request.resources.some((arn) => arn.endsWith(resource))),
    );
  }

  count(filter: WireFilter = {}): number {
    return this.matching(filter).length;
  }

  /** How often each `service:Action` was called. */
  tally(filter: WireFilter = {}): Record<string, number> {
    const tally: Record<string, number> = {};
    for (const { service, action } of this.matching(filter)) {
      const name = `${service}:${action}`;
      tally[name] = (tally[name] ?? 0) + 1;
    }
    return tally;
  }

  reset(): void {
    this.#requests = [];
  }
}
