/** Another party's works document that waits for the supplier, in words. */
import type { Language } from '../invoice/spoken.ts';
import { kinds, worksDocumentOf } from '../works/documents.ts';
import type { WorksAsked } from '../works/record.ts';

/** « décompte général DG-7 (A20) » */
export function spokenAsked({ number, framework = '' }: WorksAsked, language: Language): string {
  const document = worksDocumentOf(framework);
  return document ? `${kinds[document.kind][language]} ${number} (${framework})` : number;
}
