import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../shared/lists/wrapped.ts';

describe('a text in lines', () => {
  it('is broken between words, each line after its margin', () => {
    expect(wrapped('one two three four', 9, '  ')).toEqual(['  one two', '  three', '  four']);
  });

  it.each([
    ['Il manque : rien', 9, ['Il', 'manque :', 'rien']],
    ['voir « ici » puis', 8, ['voir', '« ici »', 'puis']],
    ['la situation n° 3', 15, ['la situation', 'n° 3']],
    ['TVA à 20 % due', 8, ['TVA à', '20 % due']],
  ])('keeps French signs with their word: %s', (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });
});
