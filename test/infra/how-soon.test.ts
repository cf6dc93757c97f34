import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { timings } from '../../shared/facts/timings.ts';

const { pollOverlap, secondReadingReach, secondReadingInterval, silentInvoice, quietAfter, quietPoll } = timings;
const spans = [pollOverlap, secondReadingReach, secondReadingInterval, silentInvoice, quietAfter, quietPoll];

/** The section of a page, without its title. */
async function sectionOf(page: string, title: string): Promise<string> {
  const text = await readFile(`docs/${page}`, 'utf8');
  return text.split(`## ${title}\n`)[1] ?? expect.fail(`${page} does not say: ${title}`);
}

it.each([
  { page: 'statuses.md', title: 'How long until a status arrives' },
  { page: 'fr/etats.md', title: 'Combien de temps met un état à arriver' },
])('$page says how long it takes until a status arrives, by the timings of the code', async ({ page, title }) => {
  const section = await sectionOf(page, title);
  const interval = connectionSettingsSchema.shape.pollingIntervalMinutes.parse(undefined);
  const said = (section.match(/\d+/g) ?? []).map(Number);
  expect(said).toEqual(expect.arrayContaining([interval, ...spans.map(({ amount }) => amount)]));
});
