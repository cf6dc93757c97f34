/** Subcontractors as actors: they deposit what their main contractor must validate. */
import * as z from 'zod';
import { accept, structureOf, type State, type Submission } from './state.ts';
import { isoDay } from './time.ts';
import type { Structure } from './world.ts';

/** What it deposits, by whatever way: the parties by their SIRETs, the amounts in euros. */
export const askedSchema = z.strictObject({
  number: z.string(),
  subcontractor: z.string(),
  validator: z.string(),
  recipient: z.string(),
  market: z.string().optional(),
  commitment: z.string().optional(),
  net: z.number(),
  vat: z.number(),
  due: z.number().optional(),
});
export type Asked = z.infer<typeof askedSchema>;

/** A subcontractor deposits an A9. @returns Chorus Pro's id @throws Error for a structure that is not there */
export function deposit(state: State, asked: Asked, now: number): number {
  const structure = (siret: string): Structure => {
    const found = structureOf(state, siret);
    if (!found) throw new Error(`no structure ${siret} in the simulator`);
    return found;
  };
  const { number, net, vat, due = net + vat } = asked;
  const amounts = { net, vat, gross: net + vat, due };
  const submission: Submission = {
    ...{ number, amounts, serviceCode: null, fluxNumber: null, documentId: null, attachments: [], comment: null },
    ...{ via: 'pdf', mode: 'DEPOT_PDF_PORTAIL', type: 'FACTURE', currency: 'EUR' },
    frame: 'A9_FACTURE_SOUSTRAITANT',
    supplier: structure(asked.subcontractor),
    validator: structure(asked.validator),
    recipient: structure(asked.recipient),
    date: isoDay(now),
    market: asked.market ?? null,
    commitment: asked.commitment ?? null,
  };
  return accept(state, submission, 'a subcontractor', now).id;
}
