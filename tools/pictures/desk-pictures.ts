/** Pictures of the desk, from the real page in a real browser: what the accountant sees on the story's last day. */
import { deskWorld, playDeskStory, startOfDeskStory } from '../demo/desk-story.ts';
import { bringUp } from '../local-cloud/bring-up.ts';
import { DrivenClock } from '../local-cloud/index.ts';
import { openBrowser } from './browser.ts';
import { openDesk } from './desk-page.ts';

/** By file: where it is at the desk, and what to press there first. */
const pictures: Readonly<Record<string, { address: string; press?: string }>> = {
  'desk-fr.png': { address: '/example/fr/to-do' },
  'desk-invoice-fr.png': { address: '/example/fr/late', press: 'FA-2026-0132' },
  'desk-weeks-fr.png': { address: '/example/fr/weeks' },
};

/** @returns each file with its bytes. @throws Error if there is no browser here */
export async function deskPictures(): Promise<Record<string, Buffer>> {
  await using opened = new AsyncDisposableStack();
  const relay = await bringUp({ clock: new DrivenClock({ start: startOfDeskStory }), world: deskWorld(), desk: true });
  opened.defer(relay.stop);
  await playDeskStory(relay);
  const browser = await openBrowser();
  opened.defer(() => browser.close());
  const { page, goTo } = await openDesk(browser, relay);
  const drawn: Record<string, Buffer> = {};
  for (const [file, { address, press }] of Object.entries(pictures)) {
    await goTo(address);
    if (press !== undefined) {
      await page.getByRole('link', { name: press }).click();
      await page.getByRole('heading', { level: 1, name: press }).waitFor();
    }
    drawn[file] = await page.screenshot();
  }
  return drawn;
}
