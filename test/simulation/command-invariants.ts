import * as z from 'zod';
import { parseJson } from '../../shared/chorus-pro/outcome.ts';
import { typeOf } from '../../shared/invoice/events.ts';
import type { CommandMessage } from './erp.ts';
import type { Observed } from './invariants.ts';

/** What must hold of the ERP's commands about its invoices. */

/** A command that Chorus Pro has carried out. */
export interface CommandEffect {
  type: CommandMessage['type'];
  chorusProId: number;
}

const paths: Readonly<Record<string, CommandMessage['type']>> = {
  '/cpro/factures/v1/completer': 'invoice.complete',
  '/cpro/factures/v1/recycler': 'invoice.recycle',
  '/cpro/factures/v1/traiterRejet': 'invoice.acknowledge-rejection',
  '/cpro/factures/v1/corriger/valideur/facture': 'invoice.correct-validator',
  '/cpro/facturesTravaux/v1/completer': 'works.complete',
  '/cpro/facturesTravaux/v1/recycler': 'works.recycle',
  '/cpro/facturesTravaux/v1/soumettre': 'works.sign-final',
};

const aboutSchema = z.union([
  z.looseObject({ identifiantFactureCPP: z.int() }).transform((body) => body.identifiantFactureCPP),
  z.looseObject({ idFactureTravaux: z.int() }).transform(({ idFactureTravaux }) => idFactureTravaux),
  z.looseObject({ idPiecePrecedente: z.int() }).transform(({ idPiecePrecedente }) => idPiecePrecedente),
  z.looseObject({ idFacture: z.int() }).transform(({ idFacture }) => idFacture),
  z
    .looseObject({ listeDemandePaiement: z.tuple([z.object({ idDemandePaiement: z.int() })]) })
    .transform(({ listeDemandePaiement: [only] }) => only.idDemandePaiement),
]);
const doneSchema = z.looseObject({ codeRetour: z.literal(0) });

/** What a call that Chorus Pro handled has changed, whatever becomes of its reply. */
export function effectOf({ path, body, reply }: { path: string; body: string; reply: string }): CommandEffect[] {
  const type = paths[path];
  if (type === undefined || !doneSchema.safeParse(parseJson(reply)).success) return [];
  return [{ type, chorusProId: aboutSchema.parse(parseJson(body)) }];
}

/** What is counted of the commands about one invoice: how many messages said it, and how many times it was done. */
interface Tally {
  about: string;
  type: CommandMessage['type'];
  messages: number;
  effects: number;
  answered: number;
}

function tallies({ model, erp, commandEffects, published }: Observed): Tally[] {
  const answered = new Set(
    published.filter(({ type }) => type === typeOf('answered')).map(({ data }) => data.command?.messageId ?? ''),
  );
  const documents = [...model.accepted(), ...model.othersDocuments()];
  const numbers = new Map(documents.map(({ id, number }) => [id, number]));
  const groups = Map.groupBy(erp.commands, ({ type, changed }) => `${type} of ${changed}`);
  return [...groups].flatMap(([about, messages]) => {
    const [first] = messages;
    if (!first) return [];
    const { type, changed } = first;
    const effects = commandEffects.filter((one) => one.type === type && numbers.get(one.chorusProId) === changed);
    return [
      {
        about,
        type,
        messages: messages.length,
        effects: effects.length,
        answered: messages.filter(({ messageId }) => answered.has(messageId)).length,
      },
    ];
  });
}

/** At every moment: each message takes effect once at the most. */
export const doneTooOften = (observed: Observed): string[] =>
  tallies(observed)
    .filter(({ messages, effects }) => effects > messages)
    .map(({ about, messages, effects }) => `${about}: ${messages} messages took effect ${effects} times`);

/** Once everything has come to rest: each message has its one answer, and the answers are true. */
export function commandsAtRest(observed: Observed): string[] {
  const { erp, published, ledger } = observed;
  const finals = Map.groupBy(
    published.filter(({ type }) => type === typeOf('answered') || type === typeOf('answer-refused')),
    ({ data }) => data.command?.messageId ?? '',
  );
  return [
    ...erp.commands.flatMap(({ messageId }) => {
      const ids = new Set((finals.get(messageId) ?? []).map(({ id }) => id));
      return ids.size === 1 ? [] : [`${messageId} has ${ids.size} answers: ${[...ids].join(', ')}`];
    }),
    ...tallies(observed)
      .filter(({ type }) => Object.values(paths).includes(type))
      .filter(({ type, effects, answered }) =>
        // A rejection stays acknowledged: a second command finds that it is done.
        type === 'invoice.acknowledge-rejection' ? effects !== Math.min(1, answered) : effects !== answered,
      )
      .map(({ about, effects, answered }) => `${about}: ${effects} effects, and ${answered} answers say it was done`),
    ...ledger
      .records()
      .filter(
        ({ pendingCommand, unansweredCommands = [] }) => pendingCommand !== undefined || unansweredCommands.length > 0,
      )
      .map(({ pk }) => `a command is still pending in ${pk}`),
  ];
}

/** How many commands met what, for the figures of a campaign. */
export function commandFigures({ erp, commandEffects, published }: Observed): Record<string, number> {
  const refused = published.filter(({ type }) => type === typeOf('answer-refused'));
  const done = Map.groupBy(commandEffects, ({ type }) => `${type} carried out`);
  const kinds = new Set(erp.commands.map(({ type, number }) => `${type} ${number}`)).size;
  return {
    'commands sent': erp.commands.length,
    'commands carried out': commandEffects.length,
    ...Object.fromEntries([...done].map(([name, effects]) => [name, effects.length])),
    'commands refused': new Set(refused.map(({ id }) => id)).size,
    'commands repeated': erp.commands.length - kinds,
  };
}
