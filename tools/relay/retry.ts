/** `npx relay retry`: puts an invoice in doubt on again that the relay has given up. */
import * as z from 'zod';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { DynamoDbLedger } from '../../shared/ledger/dynamodb-ledger.ts';
import { placeOf } from '../../shared/lists/places.ts';
import type { State } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { move } from '../../shared/ledger/transition.ts';
import { isStuck, retryMove } from '../../shared/tracking/own-invoice.ts';
import { aboutAws, command, common, option } from '../command-line/command.ts';
import { ledgerTable, readLedger, warnOfUnreadable } from './read-ledger.ts';
import { anEmptyOne, awsFor, chosenStage, connectionArgument, knownConnection } from './targets.ts';

const nothingToRetry = { code: 4, about: 'the relay has given up no invoice with this number' } as const;

/** One invoice with the number: there may be several, of different suppliers. */
interface Retried {
  subject: string;
  state: State;
  /** `moved on`: the relay itself was faster. */
  result: 'put on again' | 'still tried' | 'not in doubt' | 'moved on';
}

const results: Readonly<Record<Retried['result'], Said>> = {
  'put on again': { fr: 'remise en route', en: 'put on again' },
  'still tried': {
    fr: 'pas abandonnée : le relais essaie encore',
    en: 'not given up: the relay still tries',
  },
  'not in doubt': { fr: 'rien n’est en doute', en: 'not in doubt' },
  'moved on': { fr: 'le relais l’a déjà fait avancer', en: 'moved on' },
};

function spoken(number: string, all: readonly Retried[], language: Language): string {
  const none = {
    fr: `Il n’y a pas de facture ${number} dans le registre.`,
    en: `There is no invoice ${number} in the ledger.`,
  };
  if (all.length === 0) return none[language];
  const one = ({ subject, state, result }: Retried): Said => ({
    fr: `${subject} (${states[state].fr}) : ${results[result].fr}`,
    en: `${subject} (${state}): ${results[result].en}`,
  });
  return all.map((retried) => one(retried)[language]).join('\n');
}

export const retry = command({
  about: `Puts an invoice on again that the relay has given up. The next poll looks for it in Chorus Pro; if it is not there and its settling
window is over, it is sent again. First read docs/runbooks/in-doubt.md.`,
  takes: {
    connection: connectionArgument(),
    number: option('number', z.string().min(1), 'the invoice’s number', anEmptyOne),
    language: common.language,
    stage: common.stage,
    local: common.local,
    json: common.json,
  },
  positionals: ['connection', 'number'],
  notes: `Any other invoice is left as it is: while one is in doubt, the relay tries by itself. The ERP can do the same: it sends the same message again.
${aboutAws}`,
  exitCodes: { 0: 'put on again', [nothingToRetry.code]: nothingToRetry.about },
  run: async ({ connection, number, language, stage, local, json }) => {
    knownConnection(connection);
    const { endpoints, now, dynamodb } = await awsFor({ local });
    const client = dynamodb();
    const table = endpoints?.table ?? (await ledgerTable(client, chosenStage(stage, connection)));
    const ledger = new DynamoDbLedger({ client, table, placeOf });
    const all: Retried[] = [];
    for await (const { records, unreadable } of readLedger(client, { table, connection })) {
      warnOfUnreadable(unreadable, language);
      for (const record of records.filter((one) => one.number === number)) {
        const { subject, state } = record;
        if (!isStuck(record)) {
          all.push({ subject, state, result: state === 'in-doubt' ? 'still tried' : 'not in doubt' });
          continue;
        }
        const at = now();
        const written = await ledger.write(move(record, retryMove(record, at), at));
        all.push({ subject, state, result: written === 'written' ? 'put on again' : 'moved on' });
      }
    }
    client.destroy();
    console.log(json ? JSON.stringify(all, undefined, 2) : spoken(number, all, language));
    return all.some(({ result }) => result === 'put on again') ? 0 : nothingToRetry.code;
  },
});
