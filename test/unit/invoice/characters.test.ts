import { describe, expect, it } from 'vitest';
import { hiddenClass, hiddenIn, spelledOurWay } from '../../../shared/invoice/characters.ts';
import { submitCommand } from '../../support/commands.ts';
import { identifiers, invoice, line, ofLines, ofOneLine, reasonsOf, recipient } from '../../support/text-fields.ts';

const hidden: [string, string, string, string][] = [
  ['U+0000', 'a\u0000b', 'caractère nul', 'null'],
  ['U+0007', 'a\u0007b', 'signal sonore', 'bell'],
  ['U+000B', 'a\u000bb', 'tabulation verticale', 'vertical tab'],
  ['U+001F', 'a\u001fb', 'séparateur d’unités', 'unit separator'],
  ['U+0085', 'a\u0085b', 'caractère de contrôle', 'control character'],
  ['U+00AD', 'a\u00adb', 'trait d’union conditionnel', 'soft hyphen'],
  ['U+200B', 'a\u200bb', 'espace sans chasse', 'zero width space'],
  ['U+200F', 'a\u200fb', 'marque de droite à gauche', 'right-to-left mark'],
  ['U+202E', 'a\u202eb', 'forçage de droite à gauche', 'right-to-left override'],
  ['U+2067', 'a\u2067b', 'isolat bidirectionnel', 'bidirectional isolate'],
  ['U+FEFF', 'a\ufeffb', 'indicateur d’ordre des octets (BOM)', 'byte order mark'],
  ['U+D800', 'a\ud800b', 'moitié d’un caractère', 'half of a surrogate pair'],
  ['U+E000', 'a\ue000b', 'caractère à usage privé', 'private use character'],
  ['U+FFFD', 'a\ufffdb', 'caractère perdu, remplacé', 'lost character, replaced'],
  ['U+0378', 'a\u0378b', 'caractère non attribué', 'unassigned character'],
  ['U+1FFFD', 'a\u{1fffd}b', 'caractère non attribué', 'unassigned character'],
  ['U+FFFF', 'a\uffffb', 'non-caractère', 'noncharacter'],
  ['U+1FFFE', 'a\u{1fffe}b', 'non-caractère', 'noncharacter'],
  ['U+E0041', 'a\u{e0041}b', 'étiquette ou sélecteur invisible', 'invisible tag or selector'],
  ['U+100000', 'a\u{100000}b', 'caractère à usage privé', 'private use character'],
];

describe('a character that nobody sees', () => {
  it.each([...identifiers, ...ofOneLine, ...ofLines])(
    'is refused in %s, with its name and its place',
    (path, command) => {
      for (const [code, text, fr, en] of hidden)
        expect(reasonsOf(command(text))).toEqual([
          {
            code: 'character',
            path,
            fr: `Le champ ${path} contient un caractère invisible ou interdit, à retirer : ${code} (${fr}) en position 2.`,
            en: `The field ${path} has a character that is invisible or not allowed, to be removed: ${code} (${en}) at position 2.`,
          },
        ]);
    },
  );

  it.each(identifiers)('is refused in %s even if it stands alone', (path, command) => {
    expect(reasonsOf(command('\u200b'))).toMatchObject([{ code: 'character', path }]);
  });

  it.each(identifiers)('as a line break or a tab is refused in %s', (path, command) => {
    for (const text of ['EJ\n7', 'EJ\t7', 'EJ\r\n7'])
      expect(reasonsOf(command(text))).toMatchObject([{ code: 'character', path }]);
  });

  it('is what a refused word of a list, date or amount is refused for', () => {
    expect(reasonsOf(invoice({ type: 'invoice\u200b' }))).toMatchObject([{ code: 'character', path: 'invoice.type' }]);
    expect(reasonsOf(invoice({ issueDate: '2026-11-\u200e20' }))).toMatchObject([{ code: 'character' }]);
    expect(reasonsOf(line({ net: '\u202d1000.00' }))).toMatchObject([{ code: 'character' }]);
    expect(reasonsOf(recipient({ siret: '\u202a12345678200051\u202c' }))).toMatchObject([{ code: 'character' }]);
  });

  it('is listed with the others of its field, three at most', () => {
    const [reason] = reasonsOf(invoice({ comment: 'a\u0000\nb\u0001c\u0002d\u0003' }));
    expect(reason?.en).toContain(
      'U+0000 (null) at position 2, U+0001 (control character) at position 5, U+0002 (control character) at position 7 ….',
    );
  });

  it('is made visible in every sentence that quotes a value', () => {
    const [reason] = reasonsOf(submitCommand({ command: { type: 'invoice.\u202etimbus' } }));
    expect(reason?.fr).toContain('« invoice.<U+202E>timbus »');
    const [field] = reasonsOf(submitCommand({ command: { 'prio\u200brity': 1 } }));
    expect(field).toMatchObject({ code: 'unknown-field', path: 'prio<U+200B>rity' });
  });

  it('is found wherever Unicode says that a character is not shown', () => {
    const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;
    const missed: string[] = [];
    for (let point = 0; point <= 0x10ffff; point++)
      if (unseen.test(String.fromCodePoint(point)) && hiddenIn(String.fromCodePoint(point)).length === 0)
        missed.push(point.toString(16));
    expect(missed).toEqual([]);
  });

  it('is never one that people see', () => {
    for (const text of [
      'Béton C25/30 — « 20 % » ½ m² € œ ’ …',
      'Ligne\u202f1\u00a0: 5\u2009cm',
      '👷🏗',
      '混凝土',
      'Ω ≥ 5',
    ])
      expect([text, hiddenIn(text)]).toEqual([text, []]);
  });

  it('is in the class of the published patterns, up to U+FFFF', () => {
    const strict = new RegExp(`[${hiddenClass()}]`, 'u');
    const lenient = new RegExp(`[${hiddenClass(spelledOurWay)}]`, 'u');
    const wrong: number[] = [];
    for (let point = 0; point <= 0xffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const text = String.fromCharCode(point);
      // Which characters are unassigned changes from year to year: only the relay looks.
      const unassigned =
        /\p{Cn}/u.test(text) && !/\p{Noncharacter_Code_Point}|\p{Default_Ignorable_Code_Point}/u.test(text);
      const seen = unassigned ? strict.test(text) : hiddenIn(text).length > 0;
      const read = /[\t\n\r\u2028\u2029\ufe0e\ufe0f]/.test(text);
      if (strict.test(text) !== seen || lenient.test(text) !== (seen && !read)) wrong.push(point);
    }
    expect(wrong).toEqual([]);
  });
});
