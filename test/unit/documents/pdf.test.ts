import { PDFDocument } from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../shared/documents/pdf.ts';
import {
  crossReferences,
  objectStream,
  pdfOf,
  pdfWithFile,
  streamObject,
  trailer,
  workOf,
} from '../../support/papers.ts';

const embeddedIn = (bytes: Uint8Array) => {
  const pdf = readPdf(bytes);
  return pdf.kind === 'whole' ? pdf.embedded().map((file) => [file.name, file.read()?.toString()]) : pdf.kind;
};
const locked = '/Encrypt 2 0 R';
const filespec = '<</Type/Filespec/F(factur-x.xml)/EF<</F 3 0 R>>>>';
const file = streamObject(3, '/Type/EmbeddedFile', '<a/>');

describe('a PDF', () => {
  it.each<[what: string, bytes: Buffer]>([
    ['as small as can be', pdfOf('trailer<</Root 1 0 R>>%%EOF')],
    [
      'with something in front, as some mail programs leave it',
      Buffer.concat([Buffer.alloc(1_024, '\n'), pdfOf(trailer())]),
    ],
    ['with a remark behind its end', pdfOf(trailer(), '% made 2026-11-05T09:00:00\n')],
    ['filled up with zeros', Buffer.concat([pdfOf(trailer()), Buffer.alloc(5_000)])],
    ['of version 1.5, whose trailer is a stream', pdfOf(crossReferences(9))],
    ['with both kinds of cross-references', pdfOf(crossReferences(9), trailer('/XRefStm 99'))],
    ['whose trailer is gone, but not its catalogue', pdfOf('%%EOF')],
    ['made for the web', pdfOf('2 0 obj<</Linearized 1/L 60>>endobj\n', trailer('/Prev 20'), trailer())],
    ['with a title whose brackets do not match', pdfOf('2 0 obj<</Title(Lot 1 (suite)>>endobj\n', trailer())],
    ['which says that it has no lock', pdfOf(trailer('/Encrypt null'))],
    ['with the word in its text', pdfOf(streamObject(4, '', `BT (trailer<<${locked}>>) Tj ET`), trailer())],
    [
      'with the word in a name, a string and a dictionary inside',
      pdfOf(trailer('/Info<</Encrypt 2 0 R>>/A(/Encrypt 2 0 R)/EncryptMe 1')),
    ],
    ['that has a locked PDF in it', pdfOf(streamObject(4, '', pdfOf(trailer(locked))), trailer())],
    [
      'that has a locked PDF in it, and says later how long that is',
      pdfOf(
        streamObject(4, '', pdfOf(trailer(locked)), '5 0 R'),
        `5 0 obj ${pdfOf(trailer(locked)).length} endobj\n`,
        trailer(),
      ),
    ],
  ])('%s is whole', (_what, bytes) => {
    expect(readPdf(bytes).kind).toBe('whole');
  });

  it.each<[what: string, bytes: Buffer]>([
    ['in its trailer', pdfOf(trailer(locked))],
    ['in its first trailer, before it was changed', pdfOf(trailer(locked), '4 0 obj 1 endobj\n', trailer('/Prev 20'))],
    ['since it was changed', pdfOf(trailer(), '4 0 obj 1 endobj\n', trailer(`/Prev 20${locked}`))],
    ['in its cross-reference stream', pdfOf(crossReferences(9, locked))],
    [
      'behind streams and strings that are odd',
      pdfOf(streamObject(4, '', '((( << obj', '99'), '5 0 obj(a\\)b)endobj ', trailer(locked)),
    ],
    ['behind a title whose brackets do not match', pdfOf('2 0 obj<</Title(Lot 1 (suite)>>endobj\n', trailer(locked))],
    [
      'in a cross-reference stream behind such a title',
      pdfOf(
        '2 0 obj<</Title((>>endobj\n',
        crossReferences(9, locked)
          .toString('latin1')
          .replace('startxref\n0', `startxref\n${pdfOf('2 0 obj<</Title((>>endobj\n').length}`),
      ),
    ],
    ['with its whole dictionary in the trailer', pdfOf(trailer('/Encrypt<</Filter/Standard>>'))],
    ['behind an object that has no end', pdfOf('4 0 obj<</A<</B 1>>endobj\n', trailer(locked))],
  ])('may be locked: %s', (_what, bytes) => {
    expect(readPdf(bytes).kind).toBe('locked');
  });

  it.each<[what: string, bytes: Buffer]>([
    ['in its first object', Buffer.from('%PDF-1.7\n1 0 obj<</Ty')],
    ['before its end', pdfOf(trailer()).subarray(0, -6)],
    ['inside a stream, of which nothing tells the end', pdfOf(streamObject(4, '', 'abc')).subarray(0, -20)],
    ['behind the first part of a file for the web', pdfOf('2 0 obj<</Linearized 1/L 9999>>endobj\n', trailer())],
    ['and the rest is something else', Buffer.concat([pdfOf(trailer()), Buffer.alloc(2_000, 'x')])],
    ['so that only its marks are left', Buffer.from('%PDF-1.7\n%%EOF\n')],
  ])('may be cut off: %s', (_what, bytes) => {
    expect(readPdf(bytes).kind).toBe('cut-off');
  });

  it.each<[what: string, bytes: Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a web page', Buffer.from('<html>%PDF</html>')],
    ['one whose beginning is too far behind', Buffer.concat([Buffer.alloc(1_025), pdfOf(trailer())])],
  ])('is not %s', (_what, bytes) => {
    expect(readPdf(bytes).kind).toBe('no-pdf');
  });
});

describe('the files in a PDF', () => {
  it.each<[what: string, bytes: Buffer]>([
    ['deflated', pdfWithFile('<a/>')],
    ['as it is', pdfOf(`2 0 obj${filespec}endobj\n`, file, trailer())],
    [
      'by one filter in a list',
      pdfOf(`2 0 obj${filespec}endobj\n`, streamObject(3, '/Filter[/FlateDecode]', deflateSync('<a/>')), trailer()),
    ],
    [
      'named in an object stream',
      pdfOf(
        objectStream(
          2,
          new Map([
            [7, '<</S/GoTo>>'],
            [8, filespec],
          ]),
        ),
        file,
        crossReferences(9),
      ),
    ],
    [
      'in the tree of names',
      pdfOf(`2 0 obj<</Names<</EmbeddedFiles<</Names[(factur-x.xml)${filespec}]>>>>>>endobj\n`, file, trailer()),
    ],
    [
      'named in UTF-16',
      pdfOf(
        `2 0 obj${filespec.replace('(factur-x.xml)', `<FEFF${Buffer.from('factur-x.xml', 'utf16le').swap16().toString('hex')}>`)}endobj\n`,
        file,
        trailer(),
      ),
    ],
    ['named with escapes', pdfOf(`2 0 obj${filespec.replace('factur-x', 'factur\\055\\x')}endobj\n`, file, trailer())],
    [
      'under a number that was another file before',
      pdfOf(streamObject(3, '', 'old'), `2 0 obj${filespec}endobj\n`, trailer(), file, trailer()),
    ],
  ])('are found: %s', (_what, bytes) => {
    expect(embeddedIn(bytes)).toEqual([['factur-x.xml', '<a/>']]);
  });

  it('are told also if they cannot be read', () => {
    const packed = streamObject(3, '/Filter/LZWDecode', 'abc');
    expect(embeddedIn(pdfOf(`2 0 obj${filespec}endobj\n`, packed, trailer()))).toEqual([['factur-x.xml', undefined]]);
    expect(embeddedIn(pdfOf(`2 0 obj${filespec}endobj\n`, trailer()))).toEqual([['factur-x.xml', undefined]]);
  });
});

describe('a PDF as a library writes it', () => {
  const made = async () => {
    const document = await PDFDocument.create();
    document.addPage().drawText('Facture');
    return document;
  };

  it.each([true, false])('with object streams: %s', async (useObjectStreams) => {
    const document = await made();
    expect(embeddedIn(await document.save({ useObjectStreams }))).toEqual([]);
    await document.attach(Buffer.from('<a/>'), 'factur-x.xml', { mimeType: 'text/xml' });
    expect(embeddedIn(await document.save({ useObjectStreams }))).toEqual([['factur-x.xml', '<a/>']]);
    document.encrypt({ ownerPassword: 'secret' });
    expect(embeddedIn(await document.save({ useObjectStreams }))).toBe('locked');
  });
});

const megabytes = 1_000_000;
const many = (text: string, bytes = 10 * megabytes) => pdfOf(text.repeat(Math.floor(bytes / text.length)));
const bomb = streamObject(3, '/Type/ObjStm/First 0/Filter/FlateDecode', deflateSync(Buffer.alloc(9 * megabytes)));

describe('a PDF that was made to keep us busy', () => {
  it.each<[what: string, bytes: () => Buffer]>([
    ['10 MB of zeros', () => pdfOf(Buffer.alloc(10 * megabytes))],
    ['10 MB of its own end', () => many('%%EOF')],
    ['objects without end', () => many('1 0 obj<<')],
    ['objects that begin inside strings', () => many('1 0 obj<<(')],
    [
      'objects that begin inside closed strings',
      () => pdfOf(`${'1 0 obj<<('.repeat(megabytes)}${')'.repeat(megabytes)}`),
    ],
    ['streams without end', () => many('1 0 obj<<>>stream\n')],
    ['streams whose lengths are elsewhere', () => many('1 0 obj<</Length 2 0 R>>stream\nendstream endobj\n')],
    ['lengths of one number', () => many('2 0 obj 1 endobj\n1 0 obj<</Length 2 0 R>>stream\nendstream endobj\n')],
    ['arrays in arrays', () => pdfOf(`1 0 obj<</EF${'['.repeat(9 * megabytes)}`)],
    [
      'closed arrays in arrays',
      () => pdfOf(`1 0 obj<</EF${'['.repeat(4 * megabytes)}${']'.repeat(4 * megabytes)}>>endobj`, trailer()),
    ],
    ['trailers that point at each other', () => many('trailer<</Root 1 0 R/Prev 9>>')],
    ['streams that inflate a thousandfold', () => pdfOf(...Array.from({ length: 900 }, () => bomb), trailer())],
  ])('%s: costs a second or so', (_what, bytes) => {
    const given = bytes();
    expect(workOf(() => embeddedIn(given))).toBeLessThan(2_000);
  });
});
