/** The desk of a local relay, as a person who signs in sees it. */
import type { Browser, Page } from 'playwright-core';
import { localPeople } from '../local-cloud/people.ts';
import type { Relay } from '../local-cloud/bring-up.ts';

/** The first of this machine's people, who may act. */
const accountant = localPeople[0]?.claims.name ?? '';

export interface OpenDesk {
  page: Page;
  /** Shows a page anew. @param address as it is after `#`: `/example/fr/late` */
  goTo: (address: string) => Promise<void>;
}

/** @param relay with a desk. @throws Error if it has none */
export async function openDesk(browser: Browser, { cloud }: Relay): Promise<OpenDesk> {
  const url = cloud.outputs['DeskUrl'];
  if (url === undefined) throw new Error('this relay has no desk');
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, locale: 'fr-FR' });
  await page.goto(`${url}/`);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('link', { name: accountant }).click();
  await page.getByRole('searchbox').waitFor();
  return {
    page,
    goTo: async (address) => {
      // Otherwise the last page would still be there for a while.
      await page.goto('about:blank');
      await page.goto(`${url}/#${address}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  };
}
