import { parisDay } from '../../shared/chorus-pro/dates.ts';
import type { FoundInvoice } from '../../shared/chorus-pro/search.ts';
import { answerTo, meaningOf } from '../../shared/chorus-pro/statuses.ts';
import type { WorksDetails } from '../../shared/chorus-pro/works-file.ts';
import { nextOf } from '../../shared/chorus-pro/works-stages.ts';
import { type ConnectionSettings, isIssuer } from '../../shared/connection/settings.ts';
import type { WorksDocumentEvent } from '../../shared/messaging/works-event.ts';
import { isWorksFramework, kinds, worksDocumentOf } from '../../shared/works/documents.ts';
import { nextInWords } from '../../shared/works/next.ts';
import { parties } from '../../shared/works/parties.ts';

/** What the ERP is told of a works document that the relay did not send. */

/** A document as a list shows it, and what it says itself. Chorus Pro may keep the latter closed. */
export interface Sighting {
  found: FoundInvoice;
  details: WorksDetails | undefined;
  /** When it got that status, if Chorus Pro says so. */
  since: Date | undefined;
  /** How many statuses of it are told with this one. A walk along the file sees the same status without its instant. */
  times: number;
}

type Connection = Pick<ConnectionSettings, 'name' | 'environment' | 'companies'>;

export function worksDocumentTold(
  { found, details, since, times }: Sighting,
  connection: Connection,
  now: Date,
): WorksDocumentEvent {
  const { chorusProId, number, supplierSiret, status: code, works } = found;
  const { name, environment } = connection;
  const at = since?.toISOString();
  const framework = details?.framework ?? works?.framework;
  const { kind, by } = (framework === undefined ? undefined : worksDocumentOf(framework)) ?? {};
  const { fr, en, actor } = meaningOf(code);
  const clock = { since: since && parisDay(since) };
  const known = framework !== undefined && isWorksFramework(framework) ? framework : undefined;
  const command = answerTo(code, known ?? 'unknown');
  // A file in which a company of the connection is a subcontractor may have another supplier’s documents.
  const isOurFile = isIssuer(connection, supplierSiret);
  // It is completed and recycled on the portal, by whoever deposited it there.
  const answer = isOurFile && command === 'works.sign-final' ? command : undefined;
  const isOthers = command !== answer && (by === 'project-manager' || by === 'works-owner');
  const actionNeeded = isOurFile && actor === 'supplier' && !isOthers;
  const next = known && nextOf(known, code, clock);
  // A status that waits for the supplier waits for the one whose billing file it is.
  const inWords = next && nextInWords(next, actionNeeded ? next.actor : undefined);
  return {
    specversion: '1.0',
    id: ['works', name, environment, chorusProId, times, code].join('#'),
    source: `chorus-relay/${name}`,
    type: 'chorus-relay.works.document.v1',
    subject: `${name}/-/works ${chorusProId}`,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...{ connection: name, environment, supplier: supplierSiret },
      document: {
        ...{ chorusProId, number, framework, kind, by },
        issueDate: found.issueDate ?? details?.issueDate,
        amounts: works?.amounts ?? details?.amounts ?? {},
      },
      status: { code, at, fr, en, ...(answer ? { answer } : {}) },
      next,
      billingFile: works?.billingFile,
      ...{ preceding: details?.preceding, following: details?.following },
      contract: works?.contract ?? details?.contract,
      recipient: works?.recipientSiret ?? details?.recipientSiret,
      ...{ projectManager: details?.projectManagerSiret, worksOwner: details?.worksOwnerSiret },
      actionNeeded,
      message: sentences({ number, framework, kind, by }, { fr, en }, inWords),
    },
  };
}

/** « État d’acompte F-1EA (A15), le maître d’œuvre : transmise au maître d’ouvrage. Prochain intervenant : … » */
function sentences(
  { number, framework, kind, by }: Partial<WorksDocumentEvent['data']['document']>,
  status: { fr: string; en: string },
  inWords: { fr: string; en: string } | undefined,
): { fr: string; en: string } {
  const what = kind === undefined ? undefined : kindNamed(kind);
  const party = by === undefined ? undefined : partyNamed(by);
  const code = framework === undefined ? '' : ` (${framework})`;
  return {
    fr: `Dossier de facturation : ${what?.fr ?? 'pièce'} n° ${number}${code}${party ? `, par ${party.fr}` : ''}. ${status.fr}.${inWords ? ` ${inWords.fr}` : ''}`,
    en: `Billing file: ${what?.en ?? 'document'} ${number}${code}${party ? `, by ${party.en}` : ''}. ${status.en}.${inWords ? ` ${inWords.en}` : ''}`,
  };
}

const kindNamed = (kind: string) => Object.entries(kinds).find(([known]) => known === kind)?.[1];
const partyNamed = (party: string) => Object.entries(parties).find(([known]) => known === party)?.[1];
