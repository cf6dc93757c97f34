/** An accountant's questions, played at the desk in a real Chromium on the local cloud; and axe on every page. */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verifyEvidence } from '../../shared/evidence/verify.ts';
import { pages } from '../../functions/desk/pages/frame.ts';
import { deskWorld, playDeskStory, startOfDeskStory } from '../../tools/demo/desk-story.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { browserPath, openBrowser } from '../../tools/pictures/browser.ts';
import { tinyPdf } from '../support/commands.ts';
import { type OpenDesk, openDesk } from '../../tools/pictures/desk-page.ts';

/** What a person does: only clicks are counted, since the words that are sought must be typed. */
type Step = { link: string } | { button: string } | { type: string };

const isClick = (step: Step): boolean => !('type' in step);
const mostClicks = 3;

interface Question {
  ask: string;
  steps: readonly Step[];
  /** What the page says then. */
  says: readonly RegExp[];
  silent?: readonly RegExp[];
}

/** All are asked on the morning of 4 January 2027, from the first page. */
const questions: readonly Question[] = [
  {
    ask: 'Which are unpaid beyond 30 days?',
    steps: [{ link: 'En retard' }],
    says: [/FA-2026-0132 .*6 300,00 €.* 12 /, /FA-2026-0133 /],
    silent: [/FA-2026-0101/],
  },
  {
    ask: 'What is refused, and why?',
    steps: [{ link: 'Rejetées ou non déposées' }],
    says: [/FA-2026-0109 .*Montant facturé différent du bon de commande/, /FA-2026-0114 .*SIRET/],
  },
  {
    ask: 'What must I do today, and until when?',
    steps: [{ link: 'À faire' }],
    says: [
      /FA-2026-0111 .*joindre le procès-verbal de réception/,
      /FA-2026-0110 .*sans date limite/,
      /ST-2026-07 .*16 janvier 2027/,
    ],
  },
  {
    ask: 'What does the town’s works department still owe?',
    steps: [{ link: 'Destinataires' }],
    says: [/Ville de Caen, voirie 999 001 092 00017 1 6 300,00 €/],
  },
  {
    ask: 'What was paid last week?',
    steps: [{ link: 'Mises en paiement' }, { link: 'La semaine dernière' }],
    says: [/FA-2026-0101 .*31 décembre 2026/],
    silent: [/FA-2026-0132/],
  },
  {
    ask: 'Is FA-2026-0104 there, and who has it?',
    steps: [{ type: 'FA-2026-0104' }, { button: 'Rechercher' }],
    says: [/FA-2026-0104 .*le destinataire/],
    silent: [/FA-2026-0101/],
  },
  {
    ask: 'What retention comes free next month?',
    steps: [{ link: 'Retenues' }, { link: 'Le mois prochain' }],
    says: [/FA-2026-0119 .*Retenue de garantie 1 020,00 € 15 février 2027/],
    silent: [/Compte prorata/],
  },
  {
    ask: 'Which subcontractor waits for me?',
    steps: [{ link: 'À valider' }],
    says: [/ST-2026-07 Charpentes Morel .*8 400,00 €.* 12 jours/],
  },
  {
    ask: 'How much interest does the late one owe?',
    steps: [{ link: 'En retard' }, { link: 'FA-2026-0132' }],
    says: [
      /Intérêts moratoires [0-9]+,[0-9]{2} € pour 12 jours de retard, au taux de 10,40 %/,
      /40,00 €, due une fois/,
    ],
  },
];

const violationsSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

const where = browserPath === undefined ? ' (skipped: there is no Chromium here; apt-get install chromium)' : '';

describe.skipIf(browserPath === undefined)(`the desk in a browser${where}`, () => {
  let relay: Relay;
  let browser: Browser;
  let page: Page;
  let goTo: OpenDesk['goTo'];

  beforeAll(async () => {
    relay = await bringUp({ clock: new DrivenClock({ start: startOfDeskStory }), world: deskWorld(), desk: true });
    await playDeskStory(relay);
    browser = await openBrowser();
    ({ page, goTo } = await openDesk(browser, relay));
  });

  afterAll(async () => {
    await browser.close();
    await relay.stop();
  });

  /** What is on the page, in one line. */
  const said = async () => (await page.innerText('main')).replaceAll(/[\s\u00a0\u202f]+/g, ' ');
  const title = () => page.locator('h1');

  async function take(step: Step): Promise<void> {
    if ('type' in step) return page.getByRole('searchbox').fill(step.type);
    const before = await page.locator('.page').elementHandle();
    if ('link' in step) await page.getByRole('link', { name: step.link, exact: true }).first().click();
    else await page.getByRole('button', { name: step.button, exact: true }).click();
    // Another page has taken its place.
    await before.waitForElementState('hidden');
    await title().waitFor();
  }

  it.each(questions)('answers in three clicks at most: $ask', async ({ steps, says, silent = [] }) => {
    await goTo('/');
    expect(steps.filter(isClick).length).toBeLessThanOrEqual(mostClicks);
    for (const step of steps) await take(step);
    const text = await said();
    for (const one of says) expect(text).toMatch(one);
    for (const one of silent) expect(text).not.toMatch(one);
  });

  it('answers in three clicks: Give me the proof!', async () => {
    await goTo('/');
    await take({ link: 'En retard' });
    await take({ link: 'FA-2026-0132' });
    const proof = await bytesOf(page, 'Preuve (ZIP)');
    const { faults, manifest } = verifyEvidence(proof);
    expect([faults, manifest?.subject]).toEqual([[], 'example/99910001900010/FA-2026-0132']);
    expect(await said()).toContain(`Sceau de ce fichier, à noter ailleurs : ${manifest?.seal ?? ''}`);
  });

  it('gives the letter that claims the interest', async () => {
    await goTo('/example/fr/late');
    await take({ link: 'FA-2026-0132' });
    expect((await bytesOf(page, 'Courrier d’intérêts (PDF)')).subarray(0, 4).toString()).toBe('%PDF');
  });

  it('leads on from a page that is not there', async () => {
    await page.evaluate("location.hash = '#/example/fr/no-such'");
    await page.getByRole('link', { name: 'Accueil' }).click();
    await page.getByRole('heading', { name: 'À faire' }).waitFor();
  });

  it('completes an invoice with a file, once however often it is clicked, and says how that ended', async () => {
    await goTo('/example/fr/to-do');
    const row = page.locator('tbody', { hasText: 'FA-2026-0111' });
    await row.getByText('Compléter la facture').click();
    await row.getByLabel('Message au destinataire').fill('Le procès-verbal est joint.');
    await row
      .getByLabel('Pièces demandées')
      .setInputFiles({ name: 'pv.pdf', mimeType: 'application/pdf', buffer: Buffer.from(tinyPdf, 'base64') });
    const other = page.locator('tbody', { hasText: 'FA-2026-0110' });
    await other.locator('summary').click();
    const begun = other.getByLabel('Message au destinataire');
    await begun.fill('Je cherche le numéro.');
    const sent = page.waitForResponse((response) => response.url().includes('/actions/'));
    await row.getByRole('button', { name: 'Envoyer au destinataire' }).dblclick();
    expect((await sent).status()).toBe(200);
    await expect
      .poll(() => row.getByRole('status').innerText())
      .toMatch(/^Demande de .* \(compléter la facture\), le /);
    await relay.cloud.idle({ parked: 'leave' });
    // The result is there, and the page asks for it again and again: it must not take away what somebody has begun.
    for (let looked = 0; looked < 2; looked += 1)
      await page.waitForResponse((response) => response.url().endsWith('/pages/example/fr/to-do'));
    expect(await begun.inputValue()).toBe('Je cherche le numéro.');
    await begun.clear();
    await page.getByRole('button', { name: 'Rechercher' }).focus();
    await row.waitFor({ state: 'detached' });
    await goTo('/example/fr/search?text=FA-2026-0111');
    await take({ link: 'FA-2026-0111' });
    const text = await said();
    expect(text).toMatch(
      /Camille Comptable a demandé : compléter la facture .*Demande exécutée : compléter la facture/,
    );
    expect(text.match(/a demandé : compléter/g)).toHaveLength(1);
  });

  it('can be used without a mouse', async () => {
    await goTo('/example/fr/to-do');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('FA-2026-0104');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recherche de « FA-2026-0104 »' }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  it('fits into a telephone’s window, and prints no button', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    const key = encodeURIComponent('invoice#qualification#99910001900010#FA-2026-0132');
    for (const address of [...Object.keys(pages), `invoice?key=${key}`]) {
      await goTo(`/example/fr/${address}`);
      expect([address, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([address, 400]);
      const cut = "[...document.querySelectorAll('.table')].filter((one) => one.scrollWidth > one.clientWidth).length";
      expect([address, await page.evaluate(cut)]).toEqual([address, 0]);
    }
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.emulateMedia({ media: 'print' });
    await goTo(`/example/fr/invoice?key=${key}`);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Agir' }).count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
  });

  it.each(['fr', 'en'] as const)('has nothing that axe objects to, in %s', async (language) => {
    const key = encodeURIComponent('invoice#qualification#99910001900010#FA-2026-0132');
    const addresses = [...Object.keys(pages), 'search?text=FA', `invoice?key=${key}`];
    const found: string[] = [];
    for (const address of addresses) {
      await goTo(`/example/${language}/${address}`);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.evaluate(axe.source);
      const violations = violationsSchema.parse(await page.evaluate('axe.run().then((run) => run.violations)'));
      found.push(...violations.map(({ id, nodes }) => `${address}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`));
    }
    expect(found).toEqual([]);
  });
});

/** What a button downloads. */
async function bytesOf(page: Page, button: string): Promise<Buffer> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download: Download = await coming;
  return readFileSync(await download.path());
}
