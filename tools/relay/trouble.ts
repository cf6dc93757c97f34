/** `npx relay trouble`: makes something go wrong in the local relay, for practice, or ends it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import type { CredentialsSource } from '../../shared/connection/credentials.ts';
import { secretsManagerCredentials } from '../../shared/connection/secrets-manager.ts';
import { invoiceKey } from '../../shared/ledger/record.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import { TROUBLE_WORDS } from '../chorus-pro-simulator/index.ts';
import { command, common, Failure, nearest, notUp, option, WrongUsage } from '../command-line/command.ts';
import { glossary, proseWidth } from '../command-line/terminal.ts';
import { noConnection } from '../demo/drop.ts';
import { Erp } from '../demo/erp.ts';
import type { Endpoints } from '../local-cloud/endpoints.ts';
import { damageRecord, isDamaged, repairRecord } from './damaged-record.ts';
import { awsFor, relayIsNotUp, settingsOf } from './targets.ts';

/** The number of the invoice whose record cannot be read. */
const damagedNumber = 'DAMAGED-1';

interface Relay {
  endpoints: Endpoints;
  dynamodb: DynamoDBClient;
}

/** What goes wrong on our own side, and not in Chorus Pro; `next` says what to do to see it. */
const own = {
  'message-broken': {
    fr: 'un message qui n’est pas une commande arrive dans la file, donc parmi les messages en erreur',
    en: 'a message that is no command comes to the queue, so to the dead letters',
    next: {
      fr: 'Le message est envoyé. « npx relay dead-letters --local » le montre.',
      en: 'The message is sent. "npx relay dead-letters --local" shows it.',
    },
    make: async ({ endpoints }: Relay) => {
      const erp = new Erp(endpoints);
      await erp.send('{"type": "invoice.submit"', noConnection).finally(() => erp.close());
    },
  },
  'record-damaged': {
    fr: `une facture dont l’enregistrement est illisible échoue huit fois, puis rejoint les messages en erreur`,
    en: `an invoice whose record cannot be read fails eight times, then goes to the dead letters`,
    next: {
      fr: `La facture ${damagedNumber} de votre première société est illisible dans le registre. Envoyez-la : « npx relay send samples/02-vat-rates.json --number ${damagedNumber} », puis « npx relay clock +3h ». « npx relay trouble none » y met fin.`,
      en: `Your first company’s invoice ${damagedNumber} cannot be read in the ledger. Send it: "npx relay send samples/02-vat-rates.json --number ${damagedNumber}", then "npx relay clock +3h". "npx relay trouble none" ends it.`,
    },
    make: async ({ endpoints, dynamodb }: Relay) =>
      damageRecord(dynamodb, { table: endpoints.table, pk: await damagedKey() }),
  },
} as const satisfies Record<string, Said & { next: Said; make: (relay: Relay) => Promise<void> }>;

const isOwn = (word: string): word is keyof typeof own => Object.hasOwn(own, word);
const words: Readonly<Record<string, Said>> = {
  ...TROUBLE_WORDS,
  ...Object.fromEntries(Object.entries(own).map(([word, { fr, en }]) => [word, { fr, en }])),
};

async function damagedKey(): Promise<string> {
  const [first = ''] = deploymentFrom(projectContext()).connections;
  const { environment, companies } = await settingsOf(first);
  const supplier = companies[0]?.siret ?? '';
  return invoiceKey({ environment, supplier, number: damagedNumber });
}

/** A message that went to the dead letters stays there: redrive and dead-letters are what there is to practise. */
const endOwn = async ({ endpoints, dynamodb }: Relay): Promise<void> =>
  repairRecord(dynamodb, { table: endpoints.table, pk: await damagedKey() });

const ownThatAreOn = async ({ endpoints, dynamodb }: Relay): Promise<(keyof typeof own)[]> =>
  (await isDamaged(dynamodb, { table: endpoints.table, pk: await damagedKey() })) ? ['record-damaged'] : [];

const onSchema = z.object({ on: z.array(z.string()) });
const rightSchema = z.object({ clientSecret: z.string(), technicalPassword: z.string() });
type Right = z.infer<typeof rightSchema>;

/** What a person would read on the portal, to store it. */
const renewed: Partial<Record<string, keyof Right>> = {
  'secret-renewed': 'clientSecret',
  'password-renewed': 'technicalPassword',
};

async function asked(url: string, trouble?: string | null): Promise<unknown> {
  const order = trouble === undefined ? {} : { method: 'POST', body: JSON.stringify({ trouble }) };
  const reply = await fetch(url, order).catch(() => {
    throw relayIsNotUp();
  });
  return reply.json();
}

function begun(word: string, right: Right): Said {
  const said = words[word] ?? { fr: '', en: '' };
  const which = renewed[word];
  if (which === undefined)
    return {
      fr: `Désormais, ${said.fr}. « npx relay trouble none » y met fin.`,
      en: `From now on ${said.en}. "npx relay trouble none" ends it.`,
    };
  return {
    fr: `Désormais, ${said.fr}. Le bon est : ${right[which]}. « npx relay trouble none » rétablit l’ancien : celui que vous aurez enregistré d’ici là ne fonctionnera plus.`,
    en: `From now on ${said.en}. The right one is: ${right[which]}. "npx relay trouble none" brings the old one back: the one that you store until then stops working.`,
  };
}

/** The old password and secret are right again: what was stored in the meantime no longer works. */
export const ended = (stale: readonly string[], { clientSecret, technicalPassword }: Right): Said => ({
  fr: [
    stale.length === 0 ? 'Tout fonctionne de nouveau.' : 'Chorus Pro et PISTE fonctionnent de nouveau.',
    ...stale.map(
      (name) =>
        `Les identifiants enregistrés de ${name} ne fonctionnent plus : « npx relay credentials ${name} --local », avec le secret client ${clientSecret} et le mot de passe ${technicalPassword}.`,
    ),
  ].join('\n'),
  en: [
    stale.length === 0 ? 'Everything works again.' : 'Chorus Pro and PISTE work again.',
    ...stale.map(
      (name) =>
        `What is stored for ${name} no longer works: "npx relay credentials ${name} --local", with the client secret ${clientSecret} and the password ${technicalPassword}.`,
    ),
  ].join('\n'),
});

/** The connections whose stored secret or password is not the right one. */
export async function staleIn(
  connections: readonly string[],
  credentialsOf: CredentialsSource,
  right: Right,
): Promise<string[]> {
  const stored = await Promise.all(connections.map(async (name) => ({ name, its: await credentialsOf(name) })));
  return stored
    .filter(
      ({ its }) =>
        its && (its.pisteClientSecret !== right.clientSecret || its.technicalPassword !== right.technicalPassword),
    )
    .map(({ name }) => name);
}

const legend: Said = {
  fr: '* est en cours. « npx relay trouble none » met fin à tout ; une panne ne se termine pas seule.',
  en: '* is on now. "npx relay trouble none" ends them all; one alone cannot be ended.',
};

/** Every word there is, and which are on. */
export function spokenTroubles(on: readonly string[], width: number): Said {
  const spoken = (language: Language) => {
    const rows = Object.entries(words).map(
      ([word, said]) => [`${on.includes(word) ? '*' : ' '} ${word}`, said[language]] as const,
    );
    return [...glossary(rows, width, ''), '', ...wrapped(legend[language], width)].join('\n');
  };
  return { fr: spoken('fr'), en: spoken('en') };
}

export const trouble = command({
  about: `Makes something go wrong in the relay that "npx relay local" has brought up: in Chorus Pro, at PISTE, on the queue or
in the ledger, to practise what an operator does about it. Without a word it lists what there is.`,
  takes: {
    word: option('word', z.string().optional(), 'one of the list, or none, which ends them all'),
    language: common.language,
    json: common.json,
  },
  positionals: ['word'],
  notes:
    'What to practise with each: docs/runbooks/practise.md. "npx relay alarms --local" says which alarms ring for it.',
  exitCodes: { 0: 'done', [notUp.code]: notUp.about },
  run: async ({ word, language, json }) => {
    if (word !== undefined && word !== 'none' && !Object.hasOwn(words, word)) throw noWord(word);
    const { endpoints, now, dynamodb, secretsManager } = await awsFor({ local: true });
    if (endpoints?.clockUrl === undefined) throw noSimulator();
    const url = endpoints.clockUrl.replace(/clock$/, 'trouble');
    const relay = { endpoints, dynamodb: dynamodb() };
    const width = proseWidth(process.stdout);
    const say = (data: object, said: Said) => {
      const lines = said[language].split('\n').flatMap((line) => wrapped(line, width));
      console.log(json ? JSON.stringify(data, undefined, 2) : lines.join('\n'));
    };
    if (word === undefined) {
      const { on } = onSchema.parse(await asked(url));
      const all = [...on, ...(await ownThatAreOn(relay))];
      say({ on: all, words }, spokenTroubles(all, width));
    } else if (word === 'none') {
      await endOwn(relay);
      const right = rightSchema.parse(await asked(url, null));
      const { stage, connections } = deploymentFrom(projectContext());
      const stale = await staleIn(connections, secretsManagerCredentials(secretsManager(), stage, now), right);
      say({ word, right, stale }, ended(stale, right));
    } else if (isOwn(word)) {
      await own[word].make(relay);
      say({ word }, own[word].next);
    } else {
      const right = rightSchema.parse(await asked(url, word));
      say({ word, right }, begun(word, right));
    }
    return 0;
  },
});

function noWord(word: string): WrongUsage {
  const known = [...Object.keys(words), 'none'];
  const near = nearest(word, known);
  return new WrongUsage({
    fr: `<mot> « ${word} » n’est pas dans la liste${near.fr || ` : ${known.join(', ')}`}`,
    en: `<word> "${word}" is not in the list${near.en || `: ${known.join(', ')}`}`,
  });
}

const noSimulator = (): Failure =>
  new Failure({
    fr: 'ce relais s’adresse à un vrai serveur, qu’on ne dérègle pas',
    en: 'this relay talks to a real server, which is not ours to upset',
  });
