import * as z from 'zod';
import type { Deadline } from '../aws/deadline.ts';
import { readMoment } from './dates.ts';
import type { Outcome } from './outcome.ts';
import type { Call, Operation } from './session.ts';

export interface PastStatus {
  status: string;
  at?: Date;
  /** The recipient's words. */
  motive?: string;
}

/**
 * The answer has names, e-mails and telephone numbers of public agents: the schema is strict about what it takes over, so that
 * they end here.
 */
const rowSchema = z.object({
  histoStatutCode: z.string().nullish(),
  histoStatutDatePassage: z.string().nullish(),
  histoStatutCommentaire: z.string().nullish(),
});

const readHistory: Operation<{
  historiquesDesStatuts?: { histoStatut?: z.infer<typeof rowSchema>[] | null | undefined } | null | undefined;
}> = {
  path: 'factures/v1/consulter/historique',
  effect: 'none',
  answer: z.object({
    historiquesDesStatuts: z.object({ histoStatut: z.array(rowSchema).nullish() }).nullish(),
  }),
};

/** More statuses than an invoice ever had. */
const most = 100;

/** The statuses that an invoice went through, oldest first, as far as Chorus Pro tells. */
export async function historyOf(call: Call, chorusProId: number, deadline: Deadline): Promise<Outcome<PastStatus[]>> {
  const body = {
    idFacture: chorusProId,
    nbResultatsMaximum: most,
    paramRechercheHistoStatuts: {
      pageResultatDemandeeListeHistoStatut: 1,
      nbResultatsParPageListeHistoStatut: most,
    },
  };
  const outcome = await call(readHistory, body, deadline);
  if (outcome.kind !== 'accepted') return outcome;
  const rows = outcome.value.historiquesDesStatuts?.histoStatut ?? [];
  const past = rows.flatMap((row): PastStatus[] => {
    const { histoStatutCode: status, histoStatutDatePassage: moment, histoStatutCommentaire: motive } = row;
    const at = readMoment(moment ?? '');
    return status ? [{ status, ...(at ? { at } : {}), ...(motive ? { motive } : {}) }] : [];
  });
  return { kind: 'accepted', value: past.sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0)) };
}
