import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIban, isSiret, isVatNumber, sirenOf } from '../../../shared/invoice/fields.ts';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';

/** The Luhn check digit of a number, computed here and not by the library under test. */
function luhnDigit(body: string): string {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, i) => {
      const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

const digits = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((list) => list.join(''));
const completed = (body: string): string => body + luhnDigit(body);

/** La Poste: its SIREN and five digits, such that the sum of all digits is a multiple of five. */
const laPoste = digits(4).map((office) => {
  const start = `356000000${office}`;
  const sum = Array.from(start).reduce((total, digit) => total + Number(digit), 0);
  return start + String((5 - (sum % 5)) % 5);
});

const realSiret = fc
  .tuple(digits(8), digits(4))
  .map(([siren, office]) => completed(completed(siren) + office))
  .filter((siret) => !/^0+$/.test(siret) && !siret.startsWith('356000000'));

describe('a SIRET', () => {
  it.each([...Object.values(RECIPIENTS), ...Object.values(SUPPLIERS)])('%s is one', (siret) => {
    expect(isSiret(siret)).toBe(true);
  });

  it('is valid whenever both check digits are right', () => {
    fc.assert(fc.property(realSiret, (siret) => isSiret(siret)));
  });

  it('is invalid with another last digit', () => {
    fc.assert(
      fc.property(realSiret, fc.integer({ min: 1, max: 9 }), (siret, shift) => {
        const last = (Number(siret.at(-1)) + shift) % 10;
        return !isSiret(siret.slice(0, -1) + String(last));
      }),
    );
  });

  it('is invalid when only the check digit of its SIREN is wrong', () => {
    const wrongSiren = fc.tuple(digits(8), fc.integer({ min: 1, max: 9 }), digits(4)).map(([body, shift, office]) => {
      const key = (Number(luhnDigit(body)) + shift) % 10;
      return completed(body + String(key) + office);
    });
    fc.assert(fc.property(wrongSiren, (siret) => !isSiret(siret)));
  });

  it('of La Poste follows its own rule, except for its head office', () => {
    expect(isSiret('35600000000048')).toBe(true);
    fc.assert(fc.property(laPoste, (siret) => isSiret(siret)));
    fc.assert(
      fc.property(laPoste, fc.integer({ min: 1, max: 4 }), (siret, shift) => {
        const other = siret.slice(0, -1) + String((Number(siret.at(-1)) + shift) % 10);
        return other === '35600000000048' || !isSiret(other);
      }),
    );
  });

  it.each([
    '00000000000000',
    '',
    '1234567820005',
    '123456782000511',
    '123 456 782 00051',
    // A lenient library would strip what surrounds the SIRET.
    ' 12345678200051',
    '12345678200051 ',
    'SIRET 12345678200051',
    '1234567820005a',
    '１２３４５６７８２０００５１',
  ])('%j is not one', (text) => {
    expect(isSiret(text)).toBe(false);
  });

  it('begins with the SIREN', () => {
    expect(sirenOf(SUPPLIERS.agency)).toBe('999100019');
  });

  it('is checked without throwing, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => !isSiret(text) || /^\d{14}$/.test(text)));
  });
});

describe('an IBAN', () => {
  it.each(['FR7630006000011234567890189', 'DE89370400440532013000', 'BE68539007547034'])('%s is one', (iban) => {
    expect(isIban(iban)).toBe(true);
  });

  it.each([
    ['its check digits are wrong', 'FR7630006000011234567890188'],
    ['it is printed with spaces', 'FR76 3000 6000 0112 3456 7890 189'],
    ['it is in lower case', 'fr7630006000011234567890189'],
    ['it is too short for its country', 'FR763000600001123456789018'],
    ['its country has no IBAN', 'XX7630006000011234567890189'],
    ['it is empty', ''],
  ])('is invalid when %s', (_why, iban) => {
    expect(isIban(iban)).toBe(false);
  });
});

describe('an EU VAT number', () => {
  it.each(['FR40303265045', 'FR83404833048', 'DE123456789', 'ATU12345678', 'NL123456789B01', 'BE0123456789'])(
    '%s is one',
    (number) => {
      expect(isVatNumber(number)).toBe(true);
    },
  );

  it.each([
    ['the check digits of a French one are wrong', 'FR41303265045'],
    ['its SIREN is wrong', 'FR40303265046'],
    ['it is printed with spaces', 'FR 40 303 265 045'],
    ['it is printed with points', 'FR40.303.265.045'],
    ['it has no country', '40303265045'],
    ['it is in lower case', 'fr40303265045'],
    ['it is too short', 'DE1'],
    ['it is too long', 'DE1234567890123'],
    ['there is text before it', '1DE123456789'],
    ['there is text after it', 'DE123456789.'],
    ['it is empty', ''],
  ])('is invalid when %s', (_why, number) => {
    expect(isVatNumber(number)).toBe(false);
  });
});
