/** What `npx relay status` says of a works document, beside what it says of any invoice. */
import type { RecordView } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { answersTo, isWorksFramework, kinds, worksDocumentOf, worksDocuments } from '../../shared/works/documents.ts';
import type { Said } from '../command-line/command.ts';
import { spokenAmount, spokenDay } from '../command-line/terminal.ts';

/** Which document of the billing file it is and, until its end, who must act next. Nothing of an invoice. */
export function worksSaid({ terms, works, state, currency }: RecordView): Said[] {
  const framework = terms?.framework ?? '';
  const document = worksDocumentOf(framework);
  if (!document) return [];
  const { fr, en } = kinds[document.kind];
  const number = works?.statement?.number;
  const what = {
    fr: `Marché de travaux : ${number ? `situation n° ${number}, ` : ''}${fr} (${framework}).`,
    en: `Works contract: ${number ? `statement ${number}, ` : ''}${en} (${framework}).`,
  };
  return [
    what,
    ...signedSaid(works?.signed, currency),
    ...(works?.next && !states[state].final ? [works.next] : []),
    ...answerDue(framework, works),
  ];
}

type Signed = NonNullable<RecordView['works']>['signed'];

/** The amount may differ from the draft's, which is that of the row. */
function signedSaid(signed: Signed, currency: string | undefined): Said[] {
  if (!signed) return [];
  const { account, number, issueDate, due } = signed;
  const { fr, en } = kinds['general-final-statement'];
  const money = {
    fr: due === undefined ? '' : `, net à payer ${spokenAmount(due, currency, 'fr')}`,
    en: due === undefined ? '' : `, due ${spokenAmount(due, currency, 'en')}`,
  };
  return [
    {
      fr: `Décompte général ${account} signé : ${fr} (A8) n° ${number} du ${spokenDay(issueDate, 'fr')}${money.fr}.`,
      en: `General statement ${account} signed: ${en} (A8) ${number} of ${issueDate}${money.en}.`,
    },
  ];
}

/** The supplier's own document that is due, where the answer is one. */
function answerDue(framework: string, works: RecordView['works']): Said[] {
  if (!isWorksFramework(framework) || works?.stage?.name !== 'to-answer') return [];
  return answersTo(framework)
    .filter((answer) => worksDocuments[answer].by === worksDocuments[framework].by)
    .map((answer) => {
      const { fr, en } = kinds[worksDocuments[answer].kind];
      return {
        fr: `À déposer (works.submit) : ${fr} (${answer}).`,
        en: `To submit (works.submit): ${en} (${answer}).`,
      };
    });
}
