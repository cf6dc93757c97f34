/** What to look at before a letter is sent: whoever offers it says this beside it. */
import { frenchDate, frenchNumber } from '../invoice/french.ts';
import type { Said } from '../invoice/spoken.ts';
import type { Claim } from './claim.ts';

interface Doubt {
  holds: (claim: Claim) => boolean;
  said: (claim: Claim) => Said;
}

const doubts: readonly Doubt[] = [
  {
    holds: ({ interest }) => interest.run.rate.isToCheck,
    said: ({ interest: { run } }) => ({
      fr: `À vérifier auprès de la BCE avant l’envoi : son taux au ${frenchDate(run.rate.halfYear)}, ${frenchNumber(run.rate.refinancing)} %`,
      en: `To be checked with the ECB before it is sent: its rate on ${run.rate.halfYear}, ${run.rate.refinancing} %`,
    }),
  },
  {
    holds: ({ isLongestTerm }) => isLongestTerm,
    said: () => ({
      fr: 'La catégorie du destinataire n’est pas renseignée (paymentTerms) : le délai le plus long est retenu, la somme est un minimum.',
      en: 'The settings do not say what kind of body the recipient is (paymentTerms): the longest term counts, and the sum is the least.',
    }),
  },
  {
    holds: ({ waitsForSupplier }) => waitsForSupplier,
    said: () => ({
      fr: 'Le destinataire attend une action de votre part : répondez-lui d’abord.',
      en: 'The recipient waits for you to act: answer first.',
    }),
  },
  {
    holds: ({ supplier }) => supplier.address === undefined,
    said: () => ({
      fr: 'L’adresse du fournisseur manque dans les réglages (address) : complétez l’en-tête.',
      en: 'The supplier’s address is not in the settings (address): complete the head.',
    }),
  },
];

/** @returns one sentence each; none if nothing is to be looked at */
export const doubtsAbout = (claim: Claim): Said[] =>
  doubts.filter(({ holds }) => holds(claim)).map(({ said }) => said(claim));
