import { describe, expect, it } from 'vitest';
import { reasonTexts } from '../../../shared/invoice/reason-texts.ts';
import { isReasonCode, reason, type ReasonCode } from '../../../shared/invoice/reasons.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
const codes = Object.keys(reasonTexts).filter(isReasonCode);
const placeholdersOf = (code: ReasonCode): string[] => placeholders(reasonTexts[code].fr);

describe('the catalogue of reasons', () => {
  it.each(codes)('%s has a sentence in both languages, with the same placeholders', (code) => {
    const { fr, en } = reasonTexts[code];
    expect(fr).toMatch(/^\p{Lu}.*[.}]$/u);
    expect(en).toMatch(/^\p{Lu}.*[.}]$/u);
    expect(fr).not.toBe(en);
    expect(placeholders(en)).toEqual(placeholders(fr));
  });

  it.each(codes)('%s has nothing left to fill once its parameters are given', (code) => {
    const parameters = Object.fromEntries(placeholdersOf(code).map((name) => [name, `<${name}>`]));
    const { fr, en } = reason(code, 'a.path', parameters);
    expect([...placeholders(fr), ...placeholders(en)]).toEqual([]);
    for (const name of placeholdersOf(code).filter((each) => each !== 'path')) {
      expect(fr).toContain(`<${name}>`);
      expect(en).toContain(`<${name}>`);
    }
  });

  it('spells its codes in one way', () => {
    expect(codes.filter((code) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });
});

describe('a reason', () => {
  it('says where it is, and fills the sentence with numbers and texts', () => {
    expect(reason('line-net', 'invoice.lines[0].net', { line: 1, computed: '10.00', stated: '9.00' })).toEqual({
      code: 'line-net',
      path: 'invoice.lines[0].net',
      fr: 'Ligne 1 : quantité × prix − remise donne 10.00, la facture dit 9.00.',
      en: 'Line 1: quantity × price − discount gives 10.00, the invoice says 9.00.',
    });
  });

  it('takes what it is given as it is: no placeholder within a value is filled', () => {
    expect(reason('unknown-field', '', { field: '{path}' }).en).toContain('"{path}"');
  });

  it('leaves a part out that is about a parameter not given', () => {
    expect(reason('unknown-field', '', { field: 'net' }).en).toContain('at this place: correct');
    expect(reason('unknown-field', '', { field: 'net', places: 'a[].net' }).en).toContain(
      'place, but at a[].net: correct',
    );
  });

  it('keeps a placeholder that nobody filled rather than saying "undefined"', () => {
    expect(reason('unknown-field').en).toContain('{field}');
  });

  it('knows its codes, and not the names that every object has', () => {
    expect(isReasonCode('siret')).toBe(true);
    expect(isReasonCode('toString')).toBe(false);
    expect(isReasonCode('')).toBe(false);
  });
});
