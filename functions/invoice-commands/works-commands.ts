import { worksAnswers } from '../../shared/chorus-pro/works-answers.ts';
import type { Outcome } from '../../shared/chorus-pro/outcome.ts';
import { keptOr } from '../../shared/chorus-pro/submission.ts';
import { worksWithNumber } from '../../shared/chorus-pro/readings.ts';
import { longestFile, type WorksDetails } from '../../shared/chorus-pro/works-file.ts';
import { type KnownStatus, meaningOf } from '../../shared/chorus-pro/statuses.ts';
import { documentKey } from '../../shared/documents/document-store.ts';
import { loadMain } from '../../shared/documents/load-documents.ts';
import { after } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import {
  type InvoiceCommandOf,
  type InvoiceCommandType,
  isWorksCommand,
  type WorksCommand,
  type WorksCommandType,
} from '../../shared/invoice/invoice-commands.ts';
import { reason, type Reason } from '../../shared/invoice/reasons.ts';
import { isWorksDocument } from '../../shared/ledger/record.ts';
import { prepareCompletion, prepareUploads } from './completion.ts';
import type { ChangingCommand, CommandCase, Prepared, Send, Unfit } from './plan.ts';

/** How the answers to a works document are carried out. Their paths are inferred, so a setting must allow them. */

interface WorksAnswer {
  /** Chorus Pro’s path. */
  path: string;
  /** Once it was carried out, one of these statuses follows. [INF] */
  leadsTo: readonly KnownStatus[];
  /** What a person does instead. */
  portal: { fr: string; en: string };
}

const circulates = [
  'DEPOSEE',
  'EN_COURS_ACHEMINEMENT',
  'A_VALIDER_1',
  'A_ASSOCIER_MOE',
  'A_VALIDER_MOE',
  'MISE_A_DISPOSITION_MOE',
  'MISE_A_DISPOSITION_MOA',
  'MISE_A_DISPOSITION',
] as const satisfies readonly KnownStatus[];

const answers: Readonly<Record<WorksCommandType, WorksAnswer>> = {
  'works.complete': {
    path: worksAnswers.worksComplete.value,
    leadsTo: ['COMPLETEE', ...circulates],
    portal: {
      fr: 'complétez la pièce sur le portail, espace « Factures de travaux »',
      en: 'complete the document on the portal, in the space "Factures de travaux"',
    },
  },
  'works.recycle': {
    path: worksAnswers.worksRecycle.value,
    leadsTo: circulates,
    portal: {
      fr: 'recyclez la pièce sur le portail, espace « Factures de travaux »',
      en: 'recycle the document on the portal, in the space "Factures de travaux"',
    },
  },
  'works.sign-final': {
    path: worksAnswers.worksSignFinal.value,
    leadsTo: ['ASSOCIEE'],
    portal: {
      fr: 'associez le décompte signé (A8) au décompte général sur le portail, espace « Factures de travaux »',
      en: 'link the signed statement (A8) to the general statement on the portal, in the space "Factures de travaux"',
    },
  },
};

/** The command of the other family that does the same. */
const counterparts: Readonly<Partial<Record<InvoiceCommandType, InvoiceCommandType>>> = {
  'invoice.complete': 'works.complete',
  'invoice.recycle': 'works.recycle',
  'works.complete': 'invoice.complete',
  'works.recycle': 'invoice.recycle',
};

/** These commands are for invoices alone; the others serve works documents too. */
const ofInvoices: ReadonlySet<InvoiceCommandType> = new Set([
  'invoice.complete',
  'invoice.recycle',
  'invoice.correct-validator',
]);

/** Why a command does not suit its document: it is one for the other family. */
export function misdirected({ command, record }: CommandCase): Reason[] {
  const isWorks = isWorksDocument(record);
  const isWrong = isWorks ? ofInvoices.has(command.type) : isWorksCommand(command);
  if (!isWrong) return [];
  const instead = counterparts[command.type];
  const said = { value: record.number, framework: record.terms.framework, command: command.type };
  return [
    reason(isWorks ? 'works-command-instead' : 'not-a-works-document', 'type', {
      ...said,
      ...(instead ? { instead } : {}),
    }),
  ];
}

export function worksPlanOf(command: WorksCommand, commandCase: CommandCase): ChangingCommand {
  const { leadsTo } = answers[command.type];
  const common = { changes: true, leadsTo } as const;
  const { chorusPro, record } = commandCase;
  switch (command.type) {
    case 'works.complete':
      return {
        ...common,
        prepare: ifAllowed(commandCase, command.type, (_standing, { now }) =>
          prepareCompletion(
            command,
            commandCase,
            (attachments) => chorusPro.completeWorks(record.chorusProId, { comment: command.comment, attachments }),
            now(),
          ),
        ),
      };
    case 'works.recycle':
      return {
        ...common,
        prepare: ifAllowed(commandCase, command.type, () => {
          const send: Send = () => chorusPro.recycleWorks(record.chorusProId, command);
          return Promise.resolve({ kind: 'accepted', value: { send } });
        }),
      };
    case 'works.sign-final': {
      const target = () => accountOf(command, commandCase);
      const prepare: Prepare = (_standing, { now }, accountId) =>
        prepareSignature(command, commandCase, { accountId, now: now() });
      return { ...common, target, prepare: ifAllowed(commandCase, command.type, prepare) };
    }
  }
}

/**
 * The general statement that is signed: the one with this number that is open. If none is, perhaps an earlier attempt
 * has signed it, and it has moved on since.
 */
async function accountOf(
  { account: { number: value } }: InvoiceCommandOf<'works.sign-final'>,
  { chorusPro, record }: CommandCase,
): Promise<Outcome<number> | Unfit> {
  const { supplier, environment } = record;
  const found = await worksWithNumber({ number: value, supplier, environment }, chorusPro);
  if (found.kind !== 'accepted') return found;
  const accounts = found.value.filter(({ number, supplierSiret }) => number === value && supplierSiret === supplier);
  const account = accounts.find(({ status }) => meaningOf(status).effect === 'open') ?? accounts.at(-1);
  if (account) return { kind: 'accepted', value: account.chorusProId };
  return accountInFile(value, record.chorusProId, chorusPro);
}

/** The lists show a document late, or not at all. Its billing file shows it at once; the poll tells it from there. */
async function accountInFile(
  value: string,
  finalDraft: number,
  chorusPro: CommandCase['chorusPro'],
): Promise<Outcome<number> | Unfit> {
  let chorusProId: number | undefined = finalDraft;
  for (let length = 0; chorusProId !== undefined && length < longestFile; length += 1) {
    const outcome: Outcome<WorksDetails> = await chorusPro.worksDetails(chorusProId);
    if (outcome.kind === 'refused') break;
    if (outcome.kind !== 'accepted') return outcome;
    const { number, following } = outcome.value;
    if (number === value) return { kind: 'accepted', value: chorusProId };
    chorusProId = following?.chorusProId;
  }
  return { kind: 'unfit', reasons: [reason('account-not-there', 'account.number', { value })] };
}

async function prepareSignature(
  { connection, document, signed }: InvoiceCommandOf<'works.sign-final'>,
  commandCase: CommandCase,
  { accountId, now }: { accountId: number; now: Date },
): Promise<Prepared> {
  const { chorusPro, store } = commandCase;
  const { document: loaded, faults, kind } = await loadMain(store, { connection, document });
  const isPdf = kind === 'pdf' || kind === 'pdf-with-e-invoice';
  if (!loaded || faults.length > 0 || !isPdf)
    return { kind: 'unfit', reasons: faults.length > 0 ? faults : [reason('signed-not-pdf', 'document')] };
  await store.put(documentKey(loaded.sha256), loaded.bytes);
  const file = { name: document.name, bytes: loaded.bytes };
  const upload = ([keptId]: readonly number[]) => keptOr(keptId, () => chorusPro.uploadPdf(file));
  const send = (pdfId: number) => chorusPro.signFinal(accountId, { ...signed, pdfId });
  const papers = [{ name: document.name, sha256: loaded.sha256 }];
  return prepareUploads(commandCase, { papers, upload, idsOf: (pdfId) => [pdfId], send }, now);
}

type Prepare = ChangingCommand['prepare'];

/**
 * Lets a command go out if the setting allows it, and its path has not proven wrong. If the call itself proves it
 * wrong, that is told and remembered: nothing was sent, and the document stays where it was.
 */
function ifAllowed(commandCase: CommandCase, type: WorksCommandType, prepare: Prepare): Prepare {
  const { record, settings } = commandCase;
  const { path, portal } = answers[type];
  const unfit = (code: 'works-not-set' | 'works-answers-off' | 'works-path-wrong'): Unfit => ({
    kind: 'unfit',
    reasons: [reason(code, 'type', { portal, path })],
  });
  // By its path: once that is corrected in the code, the new one is tried.
  const memory = `wrong-path#${record.connection}#${path}`;
  return async (standing, dependencies, target) => {
    if (!settings.works) return unfit('works-not-set');
    if (settings.works.answers === 'off') return unfit('works-answers-off');
    const { ledger, telemetry, now } = dependencies;
    const tellWrong = () => {
      telemetry.error('WORKS_PATH_WRONG', { subject: record.subject, operation: path });
      telemetry.measure('WorksPathWrong', 1, { connection: record.connection });
      return unfit('works-path-wrong');
    };
    if (await ledger.recall(memory)) return tellWrong();
    const prepared = await prepare(standing, dependencies, target);
    if (prepared.kind !== 'accepted') return prepared;
    const { send, ...change } = prepared.value;
    const sendOrTell: Send = async () => {
      const outcome = await send();
      if (outcome.kind !== 'refused' || !outcome.refusal.noSuchPath) return outcome;
      const at = now();
      await ledger.remember(memory, { since: at.toISOString() }, new Date(after(at, timings.wrongPathKept)));
      return tellWrong();
    };
    return { kind: 'accepted', value: { ...change, send: sendOrTell } };
  };
}
