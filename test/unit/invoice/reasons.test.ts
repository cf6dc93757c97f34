import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../../shared/invoice/events.ts';
import { reasonTexts } from '../../../shared/invoice/reason-texts.ts';
import { isReasonCode, reason, type ReasonCode } from '../../../shared/invoice/reasons.ts';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)(?::\w+)?\}/g)].map(([, name]) => name ?? '').sort();
/** With its optional parts. */
const whole = (text: string): string => text.replaceAll(/[[\]]/g, '');
const codes = Object.keys(reasonTexts).filter(isReasonCode);
const placeholdersOf = (code: ReasonCode): string[] => placeholders(reasonTexts[code].fr);

describe('the table of reasons', () => {
  it.each(codes)('%s has a sentence in both languages, with the same placeholders', (code) => {
    const { fr, en } = reasonTexts[code];
    expect(whole(fr)).toMatch(/^[\p{Lu}{].*[.}]$/u);
    expect(whole(en)).toMatch(/^[\p{Lu}{].*[.}]$/u);
    expect(fr).not.toBe(en);
    expect(placeholders(en)).toEqual(placeholders(fr));
  });

  it.each(codes)('%s has no placeholder left once its parameters are given', (code) => {
    const parameters = Object.fromEntries(placeholdersOf(code).map((name) => [name, `<${name}>`]));
    const { fr, en } = reason(code, 'a.path', parameters);
    expect([...placeholders(fr), ...placeholders(en)]).toEqual([]);
    for (const name of placeholdersOf(code).filter((each) => each !== 'path')) {
      expect(fr).toContain(`<${name}>`);
      expect(en).toContain(`<${name}>`);
    }
  });

  it('spells all codes in kebab case', () => {
    expect(codes.filter((code) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });
});

describe('a reason', () => {
  it('has a path and a sentence with its parameters filled in', () => {
    expect(reason('line-net', 'invoice.lines[0].net', { line: 1, computed: '10.00', stated: '9.00' })).toEqual({
      code: 'line-net',
      path: 'invoice.lines[0].net',
      fr: 'Ligne 1 : quantité × prix − remise = 10,00, la facture indique 9,00.',
      en: 'Line 1: quantity × price − discount is 10.00, the invoice says 9.00.',
    });
  });

  it.each([
    ['5498.86', '5\u202f498,86'],
    ['-1234567.5', '\u22121\u202f234\u202f567,5'],
    ['0', '0'],
  ])('writes the amount %s the French way in French only', (stated, french) => {
    const { fr, en } = reason('already-paid', '', { stated });
    expect(fr).toContain(`indique ${french}.`);
    expect(en).toContain(`says ${stated}.`);
  });

  it.each([
    ['EUR', '5\u202f498,86\u00a0€'],
    ['XPF', '5\u202f498,86\u00a0XPF'],
  ])('writes the currency %s as the language does', (currency, french) => {
    const { fr, en } = reason('already-paid', '', { stated: '5498.86', currency });
    expect(fr).toContain(`indique ${french}.`);
    expect(en).toContain(`says 5498.86 ${currency}.`);
  });

  it('writes rates and sizes the French way in French only', () => {
    const twice = reason('vat-rate-twice', '', { rate: '5.5' });
    expect([twice.fr, twice.en]).toEqual([expect.stringMatching('taux de 5,5 %'), expect.stringMatching('rate 5.5%')]);
    const tooLarge = reason('document-too-large', '', { value: 'a.pdf', size: 12_345_678, limit: 10_000_000 });
    expect(tooLarge.fr).toContain('12\u202f345\u202f678 octets ; Chorus Pro en accepte 10\u202f000\u202f000 au plus');
    expect(tooLarge.en).toContain('12345678 bytes');
  });

  it('writes dates the French way in French only', () => {
    const { fr, en } = reason('before-transfer-date', '', { value: '2026-11-01', from: '2026-12-15' });
    expect(fr).toMatch(/^Facture du 1er novembre 2026 : .* du 15 décembre 2026\.$/);
    expect(en).toMatch(/^Issued on 2026-11-01: .* 2026-12-15\.$/);
  });

  it('accepts a parameter in two languages', () => {
    const { fr, en } = reason('too-long', '', { maximum: { fr: '2 caractères', en: '2 characters' } });
    expect(fr).toContain(': 2 caractères au plus');
    expect(en).toContain(': 2 characters at most');
  });

  it('does not fill a placeholder inside a value', () => {
    expect(reason('unknown-field', '', { field: '{path}' }).en).toContain('"{path}"');
  });

  it('leaves out a clause whose parameter is missing', () => {
    expect(reason('unknown-field', '', { field: 'net' }).en).toContain('here: correct');
    expect(reason('unknown-field', '', { field: 'net', places: 'a[].net' }).en).toContain(
      'here (it belongs at a[].net): correct',
    );
  });

  it('keeps a placeholder without a parameter rather than saying "undefined"', () => {
    expect(reason('unknown-field').en).toContain('{field}');
  });

  it('does not accept a property of every object as a code', () => {
    expect(isReasonCode('siret')).toBe(true);
    expect(isReasonCode('toString')).toBe(false);
    expect(isReasonCode('')).toBe(false);
  });
});

describe('events', () => {
  it.each(Object.entries(eventTypes))('%s has a whole sentence in both languages', (_type, { fr, en }) => {
    expect(fr).toMatch(/^\p{Lu}.*\.$/u);
    expect(en).toMatch(/^\p{Lu}.*\.$/u);
  });
});
