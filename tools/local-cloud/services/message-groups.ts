import * as z from 'zod';
import type { Service, ServiceReply, ServiceRequest } from './service.ts';

const group = { MessageGroupId: z.string().optional() };
const sentSchema = z.looseObject(group);
const sentBatchSchema = z.looseObject({ Entries: z.array(z.looseObject({ Id: z.string(), ...group })) });
const answerSchema = z.looseObject({ MessageId: z.string() });
const batchAnswerSchema = z.looseObject({
  Successful: z.array(z.looseObject({ Id: z.string(), MessageId: z.string() })),
});

const receiveSchema = z.looseObject({
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
});
const receivedSchema = z.looseObject({
  Messages: z
    .array(z.looseObject({ MessageId: z.string(), Attributes: z.record(z.string(), z.string()).optional() }))
    .optional(),
});

/** fauxqs forgets the group of a message on a standard queue, which AWS keeps for its fair queues and hands back. */
export function withMessageGroups(service: Service): Service {
  const groups = new Map<string, string>();
  const remember = (messageId: string | undefined, name: string | undefined) => {
    if (messageId !== undefined && name !== undefined) groups.set(messageId, name);
  };

  const actions: Record<string, (request: ServiceRequest, reply: ServiceReply) => ServiceReply> = {
    SendMessage: (request, reply) => {
      remember(answerSchema.parse(json(reply.body)).MessageId, sentSchema.parse(json(request.body)).MessageGroupId);
      return reply;
    },
    SendMessageBatch: (request, reply) => {
      const { Entries } = sentBatchSchema.parse(json(request.body));
      const { Successful } = batchAnswerSchema.parse(json(reply.body));
      for (const { Id, MessageGroupId } of Entries)
        remember(Successful.find((sent) => sent.Id === Id)?.MessageId, MessageGroupId);
      return reply;
    },
    ReceiveMessage: (request, reply) => {
      const { AttributeNames, MessageSystemAttributeNames } = receiveSchema.parse(json(request.body));
      const wanted = [...AttributeNames, ...MessageSystemAttributeNames];
      if (groups.size === 0 || !['All', 'MessageGroupId'].some((name) => wanted.includes(name))) return reply;
      const received = receivedSchema.parse(json(reply.body));
      for (const message of received.Messages ?? []) {
        const name = groups.get(message.MessageId);
        if (name !== undefined) message.Attributes = { ...message.Attributes, MessageGroupId: name };
      }
      return { ...reply, body: JSON.stringify(received) };
    },
  };

  return async (request) => {
    const reply = await service(request);
    const action = actions[String(request.headers['x-amz-target']).replace('AmazonSQS.', '')];
    return action && reply.status === 200 ? action(request, reply) : reply;
  };
}

const json = (body: Buffer | string): unknown => JSON.parse(body.toString());
