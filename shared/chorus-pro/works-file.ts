import * as z from 'zod';
import { parisDay, readMoment } from './dates.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { decimal, frameworkOf } from './works-search.ts';

/** A works document itself, and its place in the billing file: what it follows, and what follows it. */

/** No billing file is longer: a chain in a circle ends here. */
export const longestFile = 20;

/** Another document of the same file. */
export interface Piece {
  chorusProId: number;
  number: string | undefined;
  framework: string | undefined;
}

export interface WorksDetails {
  number: string | undefined;
  status: string;
  framework: string | undefined;
  supplierSiret: string | undefined;
  recipientSiret: string | undefined;
  contract: string | undefined;
  issueDate: string | undefined;
  projectManagerSiret: string | undefined;
  worksOwnerSiret: string | undefined;
  preceding: Piece | undefined;
  following: Piece | undefined;
  amounts: Readonly<Record<'taxExclusive' | 'taxInclusive' | 'due', string | undefined>>;
}

const text = z
  .string()
  .nullish()
  .transform((given) => (given === '' ? undefined : (given ?? undefined)));
const id = z.int().nullish();
const amount = z.union([z.number(), z.string()]).nullish().catch(undefined);

export const detailsSchema = z.looseObject({
  facture: z.looseObject({
    numeroFacture: text,
    statutFacture: z.string().min(1),
    destinataire: z.looseObject({ codeDestinataire: text }).nullish(),
    fournisseur: z.looseObject({ codeFournisseur: text }).nullish(),
    cadreDeFacturation: z
      .looseObject({ codeCadreFacturation: text, identifiantMoe: text, identifiantMoa: text })
      .nullish(),
    references: z.looseObject({ dateFacture: text, numeroMarche: text }).nullish(),
    montantTotal: z.looseObject({ montantHtTotal: amount, montantTtcTotal: amount, montantAPayer: amount }).nullish(),
    piecePrecedente: z
      .looseObject({ idPiecePrecedente: id, numeroPiecePrecedente: text, cadreFacturationPiecePrecedente: text })
      .nullish(),
    // The Swagger misspells the number of the next document. [V-AIFE SWF]
    pieceSuivante: z
      .looseObject({ idPieceSuivante: id, numeroPieceSuiante: text, cadreFacturationPieceSuivante: text })
      .nullish(),
  }),
});

export const worksFileOf = (call: BoundCall) => ({
  async worksDetails(chorusProId: number): Promise<Outcome<WorksDetails>> {
    const body = { identifiantFactureCPP: chorusProId, codeLangue: 'fr' } as const;
    const outcome = await call('factures/v1/consulter/fournisseur', body, detailsSchema);
    return mapAccepted(outcome, ({ facture }) => {
      const { cadreDeFacturation: frame, piecePrecedente: before, pieceSuivante: next, montantTotal: sum } = facture;
      const issued = readMoment(facture.references?.dateFacture ?? '');
      return {
        ...{ number: facture.numeroFacture, status: facture.statutFacture },
        framework: frameworkOf(frame?.codeCadreFacturation),
        supplierSiret: facture.fournisseur?.codeFournisseur,
        recipientSiret: facture.destinataire?.codeDestinataire,
        contract: facture.references?.numeroMarche,
        issueDate: issued && parisDay(issued),
        projectManagerSiret: frame?.identifiantMoe,
        worksOwnerSiret: frame?.identifiantMoa,
        preceding: pieceOf(
          before?.idPiecePrecedente,
          before?.numeroPiecePrecedente,
          before?.cadreFacturationPiecePrecedente,
        ),
        following: pieceOf(next?.idPieceSuivante, next?.numeroPieceSuiante, next?.cadreFacturationPieceSuivante),
        amounts: {
          taxExclusive: decimal(sum?.montantHtTotal),
          taxInclusive: decimal(sum?.montantTtcTotal),
          due: decimal(sum?.montantAPayer),
        },
      };
    });
  },
});

const pieceOf = (
  chorusProId: number | null | undefined,
  number: string | undefined,
  frame: string | undefined,
): Piece | undefined => (chorusProId ? { chorusProId, number, framework: frameworkOf(frame) } : undefined);
