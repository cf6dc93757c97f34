/** The characters that nobody sees, by name, and how each kind of text is spelled before it is checked. */

interface Character {
  from: number;
  to: number;
  fr: string;
  en: string;
}

const row = (from: number, to: number, fr: string, en: string): Character => ({ from, to, fr, en });

/**
 * Control characters, marks without width, marks that turn the direction of writing, halves of a pair, private use, and
 * what stands for a character that was lost: XML has none of the first, and two texts that look the same must be the
 * same. [Unicode 16: categories Cc, Cf, Cs, Co, Default_Ignorable_Code_Point, and U+FFFD]
 */
const hidden: readonly Character[] = [
  row(0x00, 0x00, 'caractère nul', 'null'),
  row(0x01, 0x06, 'caractère de contrôle', 'control character'),
  row(0x07, 0x07, 'signal sonore', 'bell'),
  row(0x08, 0x08, 'retour arrière', 'backspace'),
  row(0x09, 0x09, 'tabulation', 'tab'),
  row(0x0a, 0x0a, 'saut de ligne', 'line feed'),
  row(0x0b, 0x0b, 'tabulation verticale', 'vertical tab'),
  row(0x0c, 0x0c, 'saut de page', 'form feed'),
  row(0x0d, 0x0d, 'retour chariot', 'carriage return'),
  row(0x0e, 0x1a, 'caractère de contrôle', 'control character'),
  row(0x1b, 0x1b, 'échappement', 'escape'),
  row(0x1c, 0x1e, 'séparateur de données', 'information separator'),
  row(0x1f, 0x1f, 'séparateur d’unités', 'unit separator'),
  row(0x7f, 0x9f, 'caractère de contrôle', 'control character'),
  row(0xad, 0xad, 'trait d’union conditionnel', 'soft hyphen'),
  row(0x34f, 0x34f, 'joncteur de graphèmes', 'combining grapheme joiner'),
  row(0x61c, 0x61c, 'marque de lettre arabe', 'Arabic letter mark'),
  row(0x115f, 0x1160, 'remplissage hangûl', 'Hangul filler'),
  row(0x17b4, 0x17b5, 'voyelle khmère inhérente', 'Khmer inherent vowel'),
  row(0x180b, 0x180f, 'sélecteur mongol', 'Mongolian selector'),
  row(0x200b, 0x200b, 'espace sans chasse', 'zero width space'),
  row(0x200c, 0x200c, 'antiliant sans chasse', 'zero width non-joiner'),
  row(0x200d, 0x200d, 'liant sans chasse', 'zero width joiner'),
  row(0x200e, 0x200e, 'marque de gauche à droite', 'left-to-right mark'),
  row(0x200f, 0x200f, 'marque de droite à gauche', 'right-to-left mark'),
  row(0x2028, 0x2028, 'séparateur de lignes', 'line separator'),
  row(0x2029, 0x2029, 'séparateur de paragraphes', 'paragraph separator'),
  row(0x202a, 0x202c, 'enchâssement bidirectionnel', 'bidirectional embedding'),
  row(0x202d, 0x202d, 'forçage de gauche à droite', 'left-to-right override'),
  row(0x202e, 0x202e, 'forçage de droite à gauche', 'right-to-left override'),
  row(0x2060, 0x2060, 'gluon de mots', 'word joiner'),
  row(0x2061, 0x2065, 'opérateur invisible', 'invisible operator'),
  row(0x2066, 0x2069, 'isolat bidirectionnel', 'bidirectional isolate'),
  row(0x206a, 0x206f, 'caractère de mise en forme', 'format character'),
  row(0x2800, 0x2800, 'motif braille vide', 'braille pattern blank'),
  row(0x3164, 0x3164, 'remplissage hangûl', 'Hangul filler'),
  row(0xd800, 0xdfff, 'moitié d’un caractère', 'half of a surrogate pair'),
  row(0xe000, 0xf8ff, 'caractère à usage privé', 'private use character'),
  row(0xfdd0, 0xfdef, 'non-caractère', 'noncharacter'),
  row(0xfe00, 0xfe0d, 'sélecteur de variante', 'variation selector'),
  row(0xfe0e, 0xfe0f, 'sélecteur d’emoji', 'emoji selector'),
  row(0xfeff, 0xfeff, 'indicateur d’ordre des octets (BOM)', 'byte order mark'),
  row(0xffa0, 0xffa0, 'remplissage hangûl', 'Hangul filler'),
  row(0xfff0, 0xfffc, 'caractère spécial sans dessin', 'special without a glyph'),
  row(0xfffd, 0xfffd, 'caractère perdu, remplacé', 'lost character, replaced'),
  row(0xfffe, 0xffff, 'non-caractère', 'noncharacter'),
  row(0x1bca0, 0x1bca3, 'caractère de mise en forme', 'format character'),
  row(0x1d173, 0x1d17a, 'caractère de mise en forme', 'format character'),
  row(0xe0000, 0xe0fff, 'étiquette ou sélecteur invisible', 'invisible tag or selector'),
  row(0xf0000, 0x10ffff, 'caractère à usage privé', 'private use character'),
];
/** The last two of each plane. */
const noncharacter = row(0x1fffe, 0x10ffff, 'non-caractère', 'noncharacter');

/** As Node's Unicode knows it: there are hundreds of gaps, and each year's version fills some. */
const unassigned = row(0, 0x10ffff, 'caractère non attribué', 'unassigned character');

const nameOf = (point: number): Character | undefined =>
  hidden.find(({ from, to }) => from <= point && point <= to) ??
  ((point & 0xfffe) === 0xfffe ? noncharacter : undefined) ??
  (/\p{Cn}/u.test(String.fromCodePoint(point)) ? unassigned : undefined);

/** What a comment may have, once it is spelled our way. */
const breaks: readonly number[] = [0x09, 0x0a];

/** `U+000B` */
const unicode = (point: number): string => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;

interface Found {
  /** From 1, in characters. */
  position: number;
  fr: string;
  en: string;
}

/** Nearly every text: no character of it needs to be looked up. */
const plain = /^[ -~]*$/;

/** Every hidden character in a text; without `inLines`, line breaks and tabs too. */
export function hiddenIn(text: string, { inLines = false } = {}): Found[] {
  if (plain.test(text)) return [];
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return points.flatMap((point, i) => {
    const name = inLines && breaks.includes(point) ? undefined : nameOf(point);
    if (!name) return [];
    return [{ position: i + 1, fr: `${unicode(point)} (${name.fr})`, en: `${unicode(point)} (${name.en})` }];
  });
}

/** Another character, to be named in a sentence: `« É » (U+00C9)`, `espace (U+00A0)`. */
export function named(character: string): { fr: string; en: string } {
  const [fr, en] = /\s/.test(character) ? ['espace', 'space'] : [`« ${character} »`, `"${character}"`];
  const code = unicode(character.codePointAt(0) ?? 0);
  return { fr: `${fr} (${code})`, en: `${en} (${code})` };
}

/**
 * For a sentence: a hidden character would be as hidden there as where it came from, or turn the sentence around. A
 * line break may stay: Chorus Pro's own messages have some.
 */
export const visible = (text: string): string =>
  plain.test(text)
    ? text
    : Array.from(text, (character) => {
        const point = character.codePointAt(0) ?? 0;
        return nameOf(point) && !/\s/.test(character) ? `<${unicode(point)}>` : character;
      }).join('');

/** Trimmed, Unicode's spaces included, and composed (NFC): "é" is one character, however it was typed. */
export const tidy = (text: string): string => text.normalize('NFC').trim();

/** What identifies something has ordinary spaces: one that does not break looks the same. */
export const withPlainSpaces = (text: string): string => text.replace(/\p{Zs}/gu, ' ');

/** How an emoji looks, in colour or not. */
const presentation = /[\ufe0e\ufe0f]/g;

/** A text of one line, for people: a line break or a tab, as a cell of a table has it, is a space. */
export const inOneLine = (text: string): string =>
  text.replace(presentation, '').replace(/[\t\n\r\u2028\u2029]+/g, ' ');

/** A text of several lines: one spelling of the line break. */
export const inLines = (text: string): string => text.replace(presentation, '').replace(/\r\n?|[\u2028\u2029]/g, '\n');

/** "123 456 782 00051", "FR76-3000-…", "FR 40.303.265.045": as people print it, without what separates the groups. */
export const ungrouped = (text: string): string => text.replace(/[\s.\-\u2010-\u2015]/g, '');

/** Letters and digits, for a class of a pattern. Neither Python nor every JavaScript has `\p{L}`. */
export const letters = '0-9A-Za-zÀ-ÖØ-öø-ɏ';

/** Unicode's spaces (Zs), for a class of a pattern: those that `withPlainSpaces` reads as a space. */
export const spaces = String.raw` \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000`;

const escaped = (point: number): string => String.raw`\u${point.toString(16).padStart(4, '0')}`;

/**
 * The hidden characters up to U+FFFF, for a class of a pattern. Without halves of pairs: some engines find them in
 * every character beyond.
 * @param except rows that a text may have before it is spelled our way, by their first character
 */
export const hiddenClass = (except: readonly number[] = []): string =>
  hidden
    .filter(({ from, to }) => to <= 0xffff && from !== 0xd800 && !except.includes(from))
    .map(({ from, to }) => (from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`))
    .join('');

/** What becomes a space or a line break in a text for people, and what is left out. */
export const spelledOurWay: readonly number[] = [0x09, 0x0a, 0x0d, 0x2028, 0x2029, 0xfe0e];
