/** What `npx relay status` says of a works document, beside what it says of any invoice. */
import type { RecordView } from '../../shared/ledger/record.ts';
import { states } from '../../shared/ledger/states.ts';
import { answersTo, isWorksFramework, kinds, worksDocumentOf, worksDocuments } from '../../shared/works/documents.ts';
import type { Said } from '../command-line/command.ts';

/** Which document of the billing file it is and, until its end, who must act next. Nothing of an invoice. */
export function worksSaid({ terms, works, state }: RecordView): Said[] {
  const framework = terms?.framework ?? '';
  const document = worksDocumentOf(framework);
  if (!document) return [];
  const { fr, en } = kinds[document.kind];
  const number = works?.statement?.number;
  const what = {
    fr: `Marché de travaux : ${number ? `situation n° ${number}, ` : ''}${fr} (${framework}).`,
    en: `Works contract: ${number ? `statement ${number}, ` : ''}${en} (${framework}).`,
  };
  return [what, ...(works?.next && !states[state].final ? [works.next] : []), ...answerDue(framework, works)];
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
