import { isValidIBAN } from 'ibantools';
import * as sirenNumber from 'stdnum/lib/cjs/fr/siren.js';
import * as siretNumber from 'stdnum/lib/cjs/fr/siret.js';
import * as vatNumber from 'stdnum/lib/cjs/fr/tva.js';

const zeros = /^0+$/;

/** SIRET of 14 digits with its two keys; La Poste's own key (digit sum modulo 5) included, all-zeros refused. */
export const isSiret = (siret: string): boolean =>
  /^\d{14}$/.test(siret) &&
  !zeros.test(siret) &&
  sirenNumber.validate(sirenOf(siret)).isValid &&
  siretNumber.validate(siret).isValid;

export const sirenOf = (siret: string): string => siret.slice(0, 9);

/** An IBAN in its electronic form: no spaces, upper case. */
export const isIban = (iban: string): boolean => isValidIBAN(iban);

/**
 * An EU VAT number. The key of a French one is checked; for the other countries only the shape, since each State keeps
 * its own rule and Chorus Pro does not ask for their keys.
 */
export const isVatNumber = (number: string): boolean =>
  /^[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(number) && (!number.startsWith('FR') || vatNumber.validate(number).isValid);
