/** A works contract in the local cloud, told from the ERP's side: what it sends, and each day what it is told. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { bringUp } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';

const day = 24 * 3_600_000;
const start = new Date('2026-11-23T09:00:00+01:00');

/** The example's connection, which may answer works documents. */
async function connectionsFolder(): Promise<string> {
  const settings: unknown = JSON.parse(await readFile(join(projectRoot, 'connections', 'example.json'), 'utf8'));
  const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-works-'));
  const inferred = { ...z.looseObject({}).parse(settings), works: { answers: 'inferred' } };
  await writeFile(join(folder, 'example.json'), JSON.stringify(inferred));
  return folder;
}

/** `2026-11-24 submitted MISE_A_DISPOSITION_MOE → project-manager until 2026-11-30`; `!` if a person must act. */
function lineOf({ type, data, time }: InvoiceEvent): string {
  const { status, command, next, actionNeeded } = data;
  return line([parisDay(new Date(time)), type.split('.')[2], command?.type, status?.code], next, actionNeeded);
}

/** `A15 PDM-2026-01EA ASSOCIEE → works-owner` */
const lineOfOthers = ({ data: { document, status, next, actionNeeded } }: WorksDocumentEvent): string =>
  line([document.framework, document.number, status.code], next, actionNeeded);

const line = (parts: readonly (string | undefined)[], next: Next, actionNeeded: boolean): string =>
  [...parts, nextOf(next), actionNeeded ? '!' : undefined].filter((part) => part !== undefined).join(' ');

type Next = { actor: string; until?: string | undefined } | undefined;

const nextOf = (next: Next): string | undefined => next && `→ ${next.actor}${next.until ? ` until ${next.until}` : ''}`;

export interface Story {
  /** Drops a command, and waits until the relay has dealt with it. */
  send: (command: object) => Promise<void>;
  /** Lets days go by; each morning the relay polls. */
  days: (count: number) => Promise<void>;
  /** What the ERP was told of a document of its own, in order. */
  told: (number: string) => string[];
  /** What it was told of the documents of others in the billing file of that document, in order. */
  file: (number: string) => string[];
  /** How often each document came into being in Chorus Pro. */
  inChorusPro: () => Record<string, number>;
  stop: () => Promise<void>;
}

export async function worksStory(): Promise<Story> {
  await using comingUp = new AsyncDisposableStack();
  const folder = await connectionsFolder();
  comingUp.defer(() => rm(folder, { recursive: true }));
  const relay = await bringUp({
    clock: new DrivenClock({ start }),
    context: { connections: ['example'] },
    build: { connectionsFolder: folder },
  });
  comingUp.defer(() => relay.stop());
  const erp = new Erp(endpointsOf(relay));
  comingUp.defer(() => erp.close());
  let events: InvoiceEvent[] = [];
  const read = async () => {
    events = await erp.readInbox();
  };
  const up = comingUp.move();
  return {
    send: async (command) => {
      await erp.send(JSON.stringify(command), 'example');
      await relay.cloud.idle();
      await read();
    },
    days: async (count) => {
      for (let i = 0; i < count; i += 1) {
        await relay.cloud.advance(day, { catchUp: 'last' });
        await read();
      }
    },
    told: (number) =>
      events
        .filter(({ data }) => data.number === number)
        .sort((one, other) => one.data.sequence - other.data.sequence)
        .map(lineOf),
    file: (number) =>
      erp.worksDocuments.filter(({ data }) => data.document.number.startsWith(number)).map(lineOfOthers),
    inChorusPro: () => ({ ...relay.simulator?.model.effects.invoices }),
    stop: () => up.disposeAsync(),
  };
}
