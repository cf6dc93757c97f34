import { expect, it } from 'vitest';
import { eventTypes } from '../../../shared/invoice/events.ts';

it.each(Object.entries(eventTypes))(
  'the event %s is told by a whole sentence in both languages',
  (_type, { fr, en }) => {
    expect(fr).toMatch(/^\p{Lu}.*\.$/u);
    expect(en).toMatch(/^\p{Lu}.*\.$/u);
  },
);
