import Big from 'big.js';
import * as z from 'zod';
import { sendToTry, type Fact } from '../facts/fact.ts';
import type { BoundCall } from './operations.ts';
import { mapAccepted, type Outcome } from './outcome.ts';
import { paymentMeans } from './submission.ts';

/** Chorus Pro's own lists: codes, bank accounts, means of payment. Not cached: see directory.ts. */

export const listedCodeSchema = z.object({ code: z.string(), label: z.string() });
export type ListedCode = z.infer<typeof listedCodeSchema>;

/** A supplier's account, a factor's included, by the name that it has in Chorus Pro. The list has no IBAN. [V-3P GO] */
export const bankAccountSchema = z.object({ id: z.int(), name: z.string() });
export type BankAccount = z.infer<typeof bankAccountSchema>;

/** Facts about these lists. */
export const listFacts = {
  bankAccountNames: {
    value: 'recuperer/coordbanc/valides gives each account’s id and name, and nothing else',
    mark: 'V-3P',
    source: 'GO; so an account is found by its name',
    toTry: {
      order: 25,
      what: 'the names of the accounts, and whether the list gives more; whether soumettre accepts the id',
      command: 'npx relay check <name>',
    },
  },
  usualVatRates: {
    value: ['20', '10', '5.5', '2.1', '0'],
    mark: 'R',
    source: 'the rates of mainland France: for any other rate the list of Chorus Pro is asked',
    toTry: {
      order: 26,
      what: 'how recuperer/tauxtva writes a rate, and whether soumettre accepts a rate by hand that is not in that list',
      command: sendToTry('invoice-with-a-rate-of-8.5.json'),
    },
  },
} as const satisfies Record<string, Fact<unknown>>;

export const codeListNames = ['exemption-reasons', 'attachment-types', 'vat-rates'] as const;
export type CodeList = (typeof codeListNames)[number];

const label = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
export const exemptionsSchema = z.looseObject({
  listeMotifsExonerationTva: z
    .array(z.looseObject({ codeMotifExonerationTva: z.string(), libelleMotifExonerationTva: label }))
    .nullish(),
});
export const typesSchema = z.looseObject({
  listeTypePieceJointe: z
    .array(z.looseObject({ codeTypePieceJointe: z.string(), libelleTypePieceJointe: label }))
    .nullish(),
});
export const ratesSchema = z.looseObject({
  listeTauxTva: z.array(z.looseObject({ valeurTauxTva: z.number() })).nullish(),
});
export const accountsSchema = z.looseObject({
  listeCoordonneeBancaire: z
    .array(z.looseObject({ idCoordonneeBancaire: z.int(), nomCoordonneeBancaire: label }))
    .nullish(),
});
export const syntaxesSchema = z.looseObject({
  listeSyntaxeFlux: z.array(z.looseObject({ syntaxeFlux: z.string() })).nullish(),
});
export const modesSchema = z.looseObject({
  listeModePaiement: z.array(z.looseObject({ modePaiement: z.string() })).nullish(),
});

const inFrench = { codeLangue: 'fr' } as const;

const readers: Readonly<Record<CodeList, (call: BoundCall) => Promise<Outcome<ListedCode[]>>>> = {
  async 'exemption-reasons'(call) {
    const outcome = await call('transverses/v1/recuperer/motifs/exonerationtva', inFrench, exemptionsSchema);
    return mapAccepted(outcome, ({ listeMotifsExonerationTva }) =>
      (listeMotifsExonerationTva ?? []).map((one) => ({
        code: one.codeMotifExonerationTva,
        label: one.libelleMotifExonerationTva,
      })),
    );
  },
  async 'attachment-types'(call) {
    const body = { ...inFrench, typeObjet: 'FACTURE' } as const;
    const outcome = await call('transverses/v1/recuperer/typespj', body, typesSchema);
    return mapAccepted(outcome, ({ listeTypePieceJointe }) =>
      (listeTypePieceJointe ?? []).map((one) => ({ code: one.codeTypePieceJointe, label: one.libelleTypePieceJointe })),
    );
  },
  async 'vat-rates'(call) {
    const outcome = await call('transverses/v1/recuperer/tauxtva', {}, ratesSchema);
    return mapAccepted(outcome, ({ listeTauxTva }) =>
      (listeTauxTva ?? []).map(({ valeurTauxTva }) => ({ code: rateCode(valeurTauxTva), label: '' })),
    );
  },
};

/** "5.50" and 5.5 are one rate; a rate has at most two decimals. */
export const rateCode = (rate: string | number): string => Big(rate).round(2).toString();

export const listsOf = (call: BoundCall) => ({
  codesOf: (list: CodeList): Promise<Outcome<ListedCode[]>> => readers[list](call),

  /** @param structureId the supplier's */
  async bankAccounts(structureId: number): Promise<Outcome<BankAccount[]>> {
    const body = { idStructure: structureId };
    const outcome = await call('transverses/v1/recuperer/coordbanc/valides', body, accountsSchema);
    return mapAccepted(outcome, ({ listeCoordonneeBancaire }) =>
      (listeCoordonneeBancaire ?? []).map((one) => ({ id: one.idCoordonneeBancaire, name: one.nomCoordonneeBancaire })),
    );
  },

  /** The names of all kinds of files that Chorus Pro takes. [INF: worksSyntaxFacts in works-syntax.ts] */
  async fluxSyntaxes(): Promise<Outcome<string[]>> {
    const outcome = await call('transverses/v1/recuperer/syntaxeflux', {}, syntaxesSchema);
    return mapAccepted(outcome, ({ listeSyntaxeFlux }) => (listeSyntaxeFlux ?? []).map((one) => one.syntaxeFlux));
  },

  /** Which of these means of payment are not in Chorus Pro's list. [V-3P GO] */
  async meansNotTaken(means: readonly (keyof typeof paymentMeans)[]): Promise<Outcome<(keyof typeof paymentMeans)[]>> {
    const outcome = await call('transverses/v1/recuperer/modereglements', {}, modesSchema);
    return mapAccepted(outcome, ({ listeModePaiement }) => {
      const taken = new Set(listeModePaiement?.map(({ modePaiement }) => modePaiement));
      return means.filter((one) => !taken.has(paymentMeans[one]));
    });
  },
});

export type Lists = ReturnType<typeof listsOf>;
