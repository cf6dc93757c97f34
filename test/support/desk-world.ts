/** The desk over the relay in memory: what is clicked there goes the way of any command. */
import * as z from 'zod';
import { deskApp } from '../../functions/desk/app.ts';
import { exampleConnectionsWith, heldConnections } from './example-connection.ts';
import { ask, deskDependencies } from './desk.ts';
import { relay, type Relay, type RelayOptions } from './relay.ts';

const commandSchema = z.looseObject({ type: z.string() });

/** An accountant who acts, and one who only reads. */
const people = { act: 'compta@duval.example', read: 'lecture@duval.example' } as const;

export interface DeskWorld extends Relay {
  /** The messages that the desk sent. */
  commands: object[];
  page: (address: string, as?: keyof typeof people) => Promise<string>;
  click: (asked: object, as?: keyof typeof people) => Promise<Response>;
}

/** @param beforeSending may throw what the queue answers */
export function deskWorld(options: RelayOptions = {}, beforeSending?: () => void): DeskWorld {
  const settings = { desk: { act: [people.act], read: [people.read] }, validations: {}, ...options.settings };
  const world = relay({ ...options, settings });
  const commands: object[] = [];
  const app = deskApp(
    deskDependencies({
      connections: heldConnections(exampleConnectionsWith(settings)),
      ...{ now: world.now, ledger: world.ledger, documents: world.documents },
      send: async (body) => {
        beforeSending?.();
        const messageId = `desk-${commands.push(commandSchema.parse(JSON.parse(body)))}`;
        await world.submit(body, { messageId });
        return messageId;
      },
    }),
  );
  const claimsOf = (as: keyof typeof people) => {
    const iat = world.now().getTime() / 1000 - 60;
    return { email: people[as], name: as === 'act' ? 'Marie Dupont' : 'Jean Le Gall', iat, exp: iat + 3600 };
  };
  return {
    ...world,
    commands,
    page: async (address, as = 'act') => (await ask(`/pages/${address}`, { app, claims: claimsOf(as) })).text(),
    click: (asked, as = 'act') =>
      ask('/actions/example/send', {
        ...{ app, claims: claimsOf(as), method: 'POST', body: JSON.stringify(asked) },
        headers: { 'content-type': 'application/json' },
      }),
  };
}
