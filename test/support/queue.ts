import { retryDelaySeconds } from '../../shared/messaging/retry-reasons.ts';
import type { Relay } from './relay.ts';

const minutesPerStep = 5;

interface Message {
  body: string;
  messageId: string;
  at: number;
  receives: number;
}

/** A relay's queue: what is not done comes again, as late as its reason says. It has the relay's own messages too. */
export function queueOf(world: Relay, commands: readonly object[]) {
  let messages: Message[] = [];
  let sent = 0;
  const add = (command: object): void => {
    const messageId = `m-${(sent += 1)}`;
    messages.push({ body: JSON.stringify(command), messageId, at: world.now().getTime(), receives: 0 });
  };
  commands.forEach(add);
  let most = 0;
  const step = async (): Promise<void> => {
    const now = world.now().getTime();
    const own = world.sent
      .splice(0)
      .map((body, nth) => ({ body, messageId: `own-${now}-${nth}`, at: now, receives: 0 }));
    messages.push(...own);
    for (const message of messages.filter(({ at }) => at <= now)) {
      message.receives += 1;
      most = Math.max(most, message.receives);
      const { body, messageId, receives } = message;
      const outcome = await world.submit(body, { messageId, redelivered: receives > 1 });
      if (outcome.kind === 'retry')
        message.at = now + retryDelaySeconds(outcome.reason, receives, 0.5, outcome.atLeastSeconds) * 1000;
      else messages = messages.filter((other) => other !== message);
    }
  };
  return {
    add,
    /** The most times that a message was received. */
    mostReceives: () => most,
    pass: async (hours: number): Promise<void> => {
      for (let minutes = 0; minutes < hours * 60; minutes += minutesPerStep) {
        await step();
        if (minutes % 15 === 0) await world.poll();
        world.advance(minutesPerStep);
      }
    },
  };
}
