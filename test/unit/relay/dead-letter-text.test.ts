import { describe, expect, it } from 'vitest';
import { saidIn, type HeldLetter } from '../../../tools/relay/dead-letter-queue.ts';
import { explained, spokenLetter, spokenList } from '../../../tools/relay/dead-letter-text.ts';

const letterWith = (body: string, why = 'not-json'): HeldLetter => ({
  ...{ messageId: 'm-1', originalMessageId: undefined, why, sentAt: '2026-11-23T09:00:00Z' },
  ...{ body, bodyGone: undefined, group: undefined, receiptHandle: 'r', ...saidIn(body) },
});

describe('a dead letter that is shown', () => {
  const body = '\u{feff}{ "connection": "example",\r\n  "type": "invoice.submit" "version": 1,\n\t"a": "\u{1b}[31m" }';

  it('has its body line by line, and nothing that a terminal would obey', () => {
    const shown = spokenLetter(letterWith(body), 'fr');
    expect(shown.split('\n').slice(-3)).toEqual([
      '?{ "connection": "example",',
      '  "type": "invoice.submit" "version": 1,',
      '?"a": "?[31m" }',
    ]);
    expect(shown).toContain('(ligne 2, colonne 28)');
    expect(shown).toMatch(/^à cet endroit +"type": "invoice\.submit" {2}▶ "version": 1,$/m);
    expect(spokenLetter(letterWith(body), 'en')).toMatch(/^there +"type": /m);
  });

  it('marks no place in a body that is JSON, or of which nothing says where it ends', () => {
    expect(spokenLetter(letterWith('[]', 'not-a-command'), 'fr')).not.toContain('▶');
    expect(spokenLetter(letterWith('{'), 'fr')).not.toContain('à cet endroit  undefined');
  });
});

describe('a dead letter in the list', () => {
  const listed = (body: object) =>
    spokenList([explained(letterWith(JSON.stringify(body), 'not-a-command'))], 'dev', 'en').split('\n')[1] ?? '';

  it('says its command and its number, even if it does not say its connection', () => {
    const line = listed({ type: 'invoice.submit', invoice: { number: 'F-7' }, customer: { name: 'Anne Durand' } });
    expect(line).toMatch(/ – +invoice\.submit +F-7 /);
    expect(line).not.toContain('Durand');
  });

  it('says them as far as they can be read, cut and without a hidden character', () => {
    expect(saidIn('{ "connection": 1, "type": {}, "invoice": { "number": 42 } }')).toEqual({
      ...{ connection: undefined, type: undefined, number: '42' },
    });
    expect(saidIn(JSON.stringify({ type: `a\u{200b}${'x'.repeat(99)}` })).type).toBe(`a<U+200B>${'x'.repeat(58)}`);
    expect(saidIn('{ "pk": "invoice#production#1#F-9" }').number).toBe('F-9');
  });
});
