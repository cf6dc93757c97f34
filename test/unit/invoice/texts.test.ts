import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenIn } from '../../../shared/invoice/characters.ts';
import { readCommand } from '../../../shared/invoice/read-command.ts';
import { connectionSettingsSchema } from '../../../shared/connection/settings.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { exampleSettings } from '../../support/example-connection.ts';
import {
  about,
  identifiers,
  invoice,
  line,
  named,
  ofLines,
  ofOneLine,
  read,
  reasonsOf,
  recipient,
  submitted,
} from '../../support/text-fields.ts';

const base = submitCommand().invoice;

describe('a text', () => {
  it.each([...identifiers, ...ofOneLine, ...ofLines])(
    'is trimmed, with all the spaces of Unicode: %s',
    (_path, command) => {
      expect(read(command(' \u00a0\u202f\tEJ7\r\n\u2003'))).toEqual(read(command('EJ7')));
      expect(read(command('EJ7')).kind).not.toBe('invalid');
    },
  );

  it('is composed: an accent that was typed by itself is the same', () => {
    expect(submitted(line({ name: 'Be\u0301ton' })).invoice.lines[0]?.name).toBe('Béton');
    const company = 'Socie\u0301te\u0301 Duval';
    expect(submitted(submitCommand({ command: { supplier: { company } } })).supplier.company).toBe('Société Duval');
  });

  it.each(identifiers)('that identifies something has a letter or digit: %s', (path, command) => {
    for (const text of ['-', '…', '._.']) {
      const [reason, ...others] = reasonsOf(command(text));
      expect(reason?.path).toBe(path);
      expect(reason?.code).toMatch(/^(letter-or-digit|invoice-number|service-code)$/);
      expect(others).toEqual([]);
    }
  });

  it('that identifies something has plain spaces', () => {
    expect(submitted(invoice({ contract: '2026\u00a0BAT\u202f1' })).invoice.contract).toBe('2026 BAT 1');
    expect(submitted(recipient({ service: 'SERVICE\u00a0DEST ' })).invoice.recipient.service).toBe('SERVICE DEST');
  });

  it('of one line reads a line break or a tab as a space', () => {
    expect(submitted(line({ name: 'Béton\r\nC25/30\t\tpompé ☺\ufe0f' })).invoice.lines[0]?.name).toBe(
      'Béton C25/30 pompé ☺',
    );
  });

  it('of several lines has one spelling of the line break', () => {
    expect(submitted(invoice({ comment: 'a\r\nb\rc\u2028d\n\n\te\u00a0: f' })).invoice.comment).toBe(
      'a\nb\nc\nd\n\n\te\u00a0: f',
    );
  });

  it('stays as it is otherwise', () => {
    const seen = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => {
      const composed = text.normalize('NFC').trim();
      return composed !== '' && hiddenIn(composed).length === 0;
    });
    fc.assert(
      fc.property(seen, (text) => {
        expect(submitted(line({ name: text })).invoice.lines[0]?.name).toBe(text.normalize('NFC').trim());
      }),
    );
  });

  it('in the connection’s settings is spelled in the same way, so that names meet', () => {
    const [company] = exampleSettings.companies;
    const settings = connectionSettingsSchema.parse({
      label: 'Duval',
      environment: 'qualification',
      companies: [{ name: ' Socie\u0301te\u0301\u00a0Duval ', siret: company?.siret }],
    });
    expect(settings.companies[0]?.name).toBe('Société Duval');
  });
});

describe('a file’s name', () => {
  it.each(['incoming/example/a.pdf', '..\\a.pdf', '/a.pdf', 'C:\\factures\\a.pdf'])(
    'is none with a folder: %s',
    (name) => {
      expect(reasonsOf(named(name))).toMatchObject([{ code: 'file-name', path: 'document.name' }]);
    },
  );

  it('does not look like another type of file', () => {
    expect(reasonsOf(named('facture\u202efdp.exe'))).toMatchObject([{ code: 'character', path: 'document.name' }]);
  });
});

describe('what people write in groups', () => {
  it.each(['123 456 782 00051', '123\u00a0456\u202f782\u200900051', '123.456.782-00051', ' 12345678200051\t'])(
    'is read: the SIRET %j',
    (siret) => {
      expect(submitted(recipient({ siret })).invoice.recipient.siret).toBe('12345678200051');
    },
  );

  it.each([
    'FR76 3000 6000 0112 3456 7890 189',
    'fr76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189',
    'FR76-3000-6000-0112-3456-7890-189',
    'fr7630006000011234567890189',
  ])('is read: the IBAN %j', (iban) => {
    expect(submitted(invoice({ payment: { means: 'credit-transfer', iban } })).invoice.payment?.iban).toBe(
      'FR7630006000011234567890189',
    );
  });

  it.each(['FR 40 303 265 045', 'fr40303265045', 'FR40.303.265.045', 'FR\u202f40\u202f303\u202f265\u202f045'])(
    'is read: the VAT number %j',
    (sellerVatNumber) => {
      expect(submitted(invoice({ sellerVatNumber })).invoice.sellerVatNumber).toBe('FR40303265045');
    },
  );

  it.each([
    ['a letter O for a zero', recipient({ siret: '123 456 782 O0051' }), 'siret', '« O » (U+004F)', '"O" (U+004F)'],
    ['a number with a space', invoice({ number: 'FA 2026' }), 'invoice-number', 'espace (U+0020)', 'space (U+0020)'],
    [
      'a number with a space that does not break',
      invoice({ number: 'FA\u00a02026' }),
      'invoice-number',
      'espace (U+00A0)',
      'space (U+00A0)',
    ],
    ['a number with an accent', invoice({ number: 'FÉ1' }), 'invoice-number', '« É » (U+00C9)', '"É" (U+00C9)'],
    ['a service with a slash', recipient({ service: 'A/B' }), 'service-code', '« / » (U+002F)', '"/" (U+002F)'],
    ['a number with another hyphen', invoice({ number: 'FA‐1' }), 'invoice-number', '« ‐ » (U+2010)', '"‐" (U+2010)'],
  ])('is not guessed: %s', (_what, command, code, fr, en) => {
    const [reason] = reasonsOf(command);
    expect(reason?.code).toBe(code);
    expect(reason?.fr).toContain(fr);
    expect(reason?.en).toContain(en);
  });
});

describe('an empty text, white space and null', () => {
  const nothings = ['', '  ', '\u00a0\u202f\t\n', null];

  it('are not there: optional fields, at any depth, of any command', () => {
    for (const nothing of nothings) {
      const given = submitCommand({
        invoice: {
          recipient: { siret: RECIPIENTS.nothingMandatory, service: nothing },
          payment: { means: 'credit-transfer', iban: nothing },
          ...{ framework: nothing, currency: nothing, validator: nothing, commitment: nothing, contract: nothing },
          ...{ precedingInvoice: nothing, exemptionReason: nothing, sellerVatNumber: nothing, comment: nothing },
          lines: [{ ...base.lines[0], reference: nothing, unit: nothing, discount: nothing }],
          totals: { ...base.totals, discount: nothing, paid: nothing },
        },
        command: {
          ...{ $schema: nothing, customer: { category: nothing, chorusPro: nothing }, worksite: nothing },
          document: { name: 'a.pdf', content: 'JVBERi0=', key: nothing, format: nothing },
          attachments: nothing,
        },
      });
      const plain = submitCommand({
        command: { customer: {}, document: { name: 'a.pdf', content: 'JVBERi0=' } },
      });
      expect(submitted(given)).toEqual(submitted(plain));
      expect(read(about('invoice.fetch', { format: nothing, withAttachments: nothing }))).toEqual(
        read(about('invoice.fetch', {})),
      );
      expect(read(about('invoice.recycle', { commitment: 'EJ-7', contract: nothing, recipient: nothing }))).toEqual(
        read(about('invoice.recycle', { commitment: 'EJ-7' })),
      );
    }
  });

  it.each([
    ['invoice.number', (nothing: unknown) => invoice({ number: nothing })],
    ['invoice.type', (nothing: unknown) => invoice({ type: nothing })],
    ['invoice.issueDate', (nothing: unknown) => invoice({ issueDate: nothing })],
    ['invoice.totals', (nothing: unknown) => invoice({ totals: nothing })],
    ['invoice.totals.due', (nothing: unknown) => invoice({ totals: { ...base.totals, due: nothing } })],
    ['invoice.lines[0].net', (nothing: unknown) => line({ net: nothing })],
    ['invoice.lines[0]', (nothing: unknown) => invoice({ lines: [nothing] })],
    [
      'document.name',
      (nothing: unknown) => submitCommand({ command: { document: { name: nothing, content: 'QQ==' } } }),
    ],
    ['supplier', (nothing: unknown) => about('invoice.status', { supplier: nothing })],
  ])('are a required field that is missing: %s', (path, command) => {
    for (const nothing of nothings)
      expect(reasonsOf(command(nothing))).toMatchObject([{ code: 'missing-field', path }]);
  });

  it('are no SIRET and no document', () => {
    expect(reasonsOf(recipient({ siret: ' ' }))).toMatchObject([{ code: 'recipient-siret-missing' }]);
    const document = { name: 'a.pdf', content: '', key: null };
    expect(reasonsOf(submitCommand({ command: { document } }))).toMatchObject([{ code: 'document-source' }]);
    expect(reasonsOf(about('invoice.complete', { comment: ' ' }))).toMatchObject([{ code: 'nothing-to-complete' }]);
    expect(reasonsOf(about('invoice.recycle', { contract: null }))).toMatchObject([{ code: 'nothing-to-recycle' }]);
  });

  it('are walked through no deeper than a command goes', () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    const body = `{"type":"invoice.submit","version":1,"connection":"example","lines":${deep}}`;
    expect(readCommand(body).kind).toBe('invalid');
  });
});
