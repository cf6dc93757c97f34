import { PDFDocument } from '@cantoo/pdf-lib';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cii } from '../../tools/chorus-pro-simulator/example-flux.ts';
import { dropSamples } from '../../tools/demo/drop.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { perform, type Performance } from '../../tools/demo/perform.ts';
import { spoken } from '../../tools/demo/report.ts';
import { paperMaker } from '../../tools/demo/papers.ts';
import { otherFiles, readSamples, type InvoiceSample } from '../../tools/demo/sample.ts';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { projectRoot } from '../../infra/deployment.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { MetricStore } from '../../tools/local-cloud/monitoring/metric-store.ts';
import { widgetsOf } from '../../tools/pictures/dashboard.ts';
import { commandPictures, demoPicture } from '../../tools/pictures/run.ts';
import { wordsOf } from '../../tools/pictures/svg.ts';

const up = () => bringUp({ clock: new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') }) });
const samples = readSamples();

describe('the samples, dropped on the queue of the local cloud', () => {
  let relay: Relay;
  let played: Performance;

  beforeAll(async () => {
    relay = await up();
    played = await perform(relay, { samples });
  });
  afterAll(() => relay.stop());

  it.each(samples)('$name: $shows.en', ({ name }) => {
    const judged = played.outcomes.find(({ outcome }) => outcome.sample.name === name);
    expect(judged?.differences).toEqual([]);
  });

  it('leave nothing behind on a queue but what is among the dead letters', async () => {
    const queues = [...(await relay.cloud.queues())].filter(([, { visible, inFlight }]) => visible + inFlight > 0);
    expect(queues.map(([name]) => name.replace(/^chorus-relay-[a-z0-9]+-/, ''))).toEqual(['invoices-dead-letters']);
  });

  it('came into being in Chorus Pro once each', () => {
    expect(new Set(Object.values(played.view.inChorusPro))).toEqual(new Set([1]));
  });

  it('told every recipient’s motive and every reason to the ERP', () => {
    const motives = samples.flatMap(({ ends }) => ('motive' in ends && ends.motive ? [ends.motive] : []));
    const told = played.view.events.flatMap(({ data }) => data.status?.motive ?? []);
    expect(motives.length).toBeGreaterThan(0);
    expect(told).toEqual(expect.arrayContaining(motives));
  });

  describe('are what the pictures show (else: npm run pictures)', () => {
    it('of the terminal', async () => {
      const report = spoken({ performance: played, seconds: 0, calls: {} }, process.stdout, 'en');
      const drawn = { 'demo.svg': demoPicture(report), ...(await commandPictures(relay)) };
      for (const [file, svg] of Object.entries(drawn))
        expect(wordsOf(svg).sort(), file).toEqual(wordsOf(picture(file)).sort());
    });

    it('of the dashboard, as far as it says the same every day', () => {
      const { resources, clock } = relay.cloud;
      const widgets = widgetsOf({ resources, store: new MetricStore(), logs: [], now: clock.now() });
      const said = (kind: string) => texts(picture('dashboard.svg'), kind);
      expect(said('title').slice(1, -1)).toEqual(widgets.map(({ title }) => title));
      const labels = widgets.flatMap((one) => ('series' in one ? one.series.map(({ label }) => label) : []));
      // The calls to Chorus Pro have the labels that the metrics have.
      const drawn = said('label').filter((label) => !/^\w+\/v1\//.test(label));
      expect(drawn.filter((label) => !labels.includes(label))).toEqual([]);
      expect(drawn.length).toBeGreaterThan(30);
    });
  });

  describe('of files that are others than their commands say', () => {
    const others = readSamples(otherFiles);
    let playedOthers: Performance;
    beforeAll(async () => {
      playedOthers = await perform(relay, { samples: others });
    });

    it.each(others)('$name: $shows.en', ({ name }) => {
      const judged = playedOthers.outcomes.find(({ outcome }) => outcome.sample.name === name);
      expect(judged?.differences).toEqual([]);
    });
  });

  it('need no command, if they are e-invoices in their folder', async () => {
    const erp = new Erp(endpointsOf(relay));
    const events = async (number: string) =>
      (await erp.readInbox()).flatMap(({ type, data }) => (data.number === number ? [type.split('.')[2]] : []));
    const file = Buffer.from(cii({ number: 'DROP-1' }));
    await erp.upload('incoming/example/e-invoices/2026/DROP-1.xml', file);
    await relay.cloud.idle();
    expect(await events('DROP-1')).toEqual(['accepted', 'deposited']);
    await erp.upload('incoming/example/e-invoices/DROP-1 again.xml', file);
    await relay.cloud.idle();
    expect((await events('DROP-1')).at(-1)).toBe('repeated');
    erp.close();
  });

  describe('an invoice whose recipient is known already', () => {
    const send = async (name: string, number: string) => {
      const { cloud, simulator } = relay;
      const [settings] = await readConnectionFiles(['example']);
      const sample = numbered(name, number);
      if (!settings || !simulator) throw new Error('no connection, or no simulator');
      const erp = new Erp(endpointsOf(relay));
      const before: Record<string, number> = simulator.model.effects.calls;
      cloud.wire.reset();
      await dropSamples([sample], { erp, papers: paperMaker(settings), settled: () => cloud.idle() });
      erp.close();
      const database = cloud.wire.matching({ service: 'dynamodb' });
      const reads = database.filter(({ action }) => /Get|Query|Scan/.test(action)).length;
      const calls = Object.entries(simulator.model.effects.calls).flatMap(([path, count]) => {
        const more = count - (before[path] ?? 0);
        return more > 0 && path.startsWith('/cpro/') ? [[path.replace(/^.*\/v1\//, ''), more] as const] : [];
      });
      const state = simulator.model.invoice(number)?.status;
      return { reads, writes: database.length - reads, calls: Object.fromEntries(calls), state };
    };

    // With the recipient, Chorus Pro's list of types of attachments becomes known.
    beforeAll(async () => {
      await send('01-plain', 'WARM-1');
      await send('08-attachments', 'WARM-2');
    });

    it('costs at most 3 writes and 1 read of the ledger, and 2 calls', async () => {
      const { reads, writes, calls, state } = await send('01-plain', 'BUDGET-1');
      expect(state).toBe('DEPOSEE');
      expect(writes).toBeLessThanOrEqual(3);
      expect(reads).toBeLessThanOrEqual(1);
      expect(calls).toEqual({ 'deposer/pdf': 1, soumettre: 1 });
    });

    it('costs one call more for each attachment, and no more of the ledger', async () => {
      const { reads, writes, calls } = await send('08-attachments', 'BUDGET-2');
      expect(writes).toBeLessThanOrEqual(3);
      expect(reads).toBeLessThanOrEqual(1);
      expect(calls).toEqual({ 'deposer/pdf': 1, 'ajouter/fichier': 2, soumettre: 1 });
    });
  });
});

const picture = (file: string): string => readFileSync(join(projectRoot, 'docs', 'images', file), 'utf8');

const texts = (svg: string, kind: string): string[] =>
  [...svg.matchAll(new RegExp(`<text[^>]* class="${kind}"[^>]*>([^<]*)<`, 'g'))].map(([, text = '']) => text);

/** A sample under another number. */
function numbered(name: string, number: string): InvoiceSample & { name: string } {
  const sample = samples.find((one) => one.name === name);
  if (!sample || !('command' in sample)) throw new Error(`no invoice ${name} among the samples`);
  return { ...sample, command: { ...sample.command, invoice: { ...sample.command.invoice, number } } };
}

const examples = process.env['AIFE_EXAMPLES'];

/** AIFE's own PDFs are e-invoices: their pages alone make a plain PDF. */
async function plainCopies(folder: string, into: string): Promise<void> {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.pdf'))) {
    const original = await PDFDocument.load(readFileSync(join(folder, name)));
    const plain = await PDFDocument.create();
    for (const page of await plain.copyPages(original, original.getPageIndices())) plain.addPage(page);
    writeFileSync(join(into, name), await plain.save());
  }
}

describe.skipIf(examples === undefined)('the samples, with the pages of AIFE’s own PDFs as documents', () => {
  it('end as they do with ours', async () => {
    const documents = mkdtempSync(join(tmpdir(), 'plain-'));
    await plainCopies(examples ?? '', documents);
    const relay = await up();
    try {
      const { outcomes } = await perform(relay, { samples, documents });
      expect(outcomes.flatMap(({ differences }) => differences)).toEqual([]);
      const names = outcomes.flatMap(({ outcome }) => outcome.record?.documents[0]?.name ?? []);
      expect(names).toContain('FSO1117A_EN16931_P01.pdf');
    } finally {
      await relay.stop();
      rmSync(documents, { recursive: true });
    }
  });
});
