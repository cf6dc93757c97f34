import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { exampleClient, submission } from '../../tools/chorus-pro-simulator/example-client.ts';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  startChorusProServer,
  TROUBLE_WORDS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { PLATFORM_TROUBLES } from '../../tools/chorus-pro-simulator/platform-troubles.ts';
import { TROUBLES } from '../../tools/chorus-pro-simulator/troubles.ts';

const foundSchema = z.object({ listeFactures: z.array(z.object({ numeroFacture: z.string(), statut: z.string() })) });

/** A running simulator, and what one sees of it from outside. */
async function started() {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, options: { errorStatus: 200 } });
  const server = await startChorusProServer({ model, faults: createFaultPlan({ clock }) });
  onTestFinished(() => server.close());
  const client = exampleClient(model);
  const call = async (operation: Parameters<typeof client.request>[0], body: unknown) => {
    const request = client.request(operation, body);
    const reply = await fetch(server.url + request.path, {
      method: 'POST',
      headers: client.headers,
      body: request.body,
    });
    return { status: reply.status, text: await reply.text() };
  };
  const search = (number: string) => call('factures/rechercher/fournisseur', { numeroFacture: number });
  const submit = (number: string) => call('factures/soumettre', submission(client, { number }));
  const order = async (trouble: string | null) => {
    const reply = await fetch(`${server.url}/simulator/trouble`, { method: 'POST', body: JSON.stringify({ trouble }) });
    expect(reply.status).toBe(200);
  };
  const on = async () => (await fetch(`${server.url}/simulator/trouble`)).json();
  const statusOf = async (number: string) =>
    foundSchema.parse(JSON.parse((await search(number)).text)).listeFactures.map(({ statut }) => statut);
  return { model, clock, client, call, search, submit, order, on, statusOf };
}

describe('what can go wrong in Chorus Pro itself, and is switched off again', () => {
  test('platform-closed', async () => {
    const { search, order } = await started();
    await order('platform-closed');
    expect(await search('F-1')).toMatchObject({ status: 503 });
    await order(null);
    expect(await search('F-1')).toMatchObject({ status: 200 });
  });

  test('answer-lost: one deposit takes effect and is not answered, the next one is', async () => {
    const { submit, statusOf, order } = await started();
    await order('answer-lost');
    await expect(submit('F-1')).rejects.toThrow('fetch failed');
    expect(await statusOf('F-1')).toEqual(['DEPOSEE']);
    expect(await submit('F-2')).toMatchObject({ status: 200 });
  });

  test('works-path-wrong: an answer about a works document has no path', async () => {
    const { call, order } = await started();
    const complete = () => call('facturesTravaux/completer', { idFactureTravaux: 1 });
    await order('works-path-wrong');
    expect(await complete()).toMatchObject({ status: 404 });
    await order(null);
    expect((await complete()).text).toContain('GDP_MSG_11.008');
  });

  test('works-list-closed: payment requests are not listed, works documents still are', async () => {
    const { call, order } = await started();
    const role = { roleUtilisateur: 'FOURNISSEUR' };
    await order('works-list-closed');
    expect((await call('factures/rechercher/demandePaiement', role)).text).toContain('90063');
    expect((await call('facturesTravaux/rechercher', role)).text).toContain('"total":0');
    await order(null);
    expect((await call('factures/rechercher/demandePaiement', role)).text).toContain('"total":0');
  });

  test('deposits-lost: none takes effect, as long as it lasts', async () => {
    const { submit, statusOf, order } = await started();
    await order('deposits-lost');
    for (const number of ['F-1', 'F-2']) {
      await expect(submit(number)).rejects.toThrow('fetch failed');
      expect(await statusOf(number)).toEqual([]);
    }
    await order(null);
    await submit('F-1');
    expect(await statusOf('F-1')).toEqual(['DEPOSEE']);
  });

  test('files-fail', async () => {
    const { model, order } = await started();
    const file = { number: 'F', name: 'f.xml', syntax: 'IN_DP_E1_CII_16B', at: 0 } as const;
    await order('files-fail');
    expect(model.options.fluxOutcome(file)).toBe('IN_INCIDENTE');
    await order(null);
    expect(model.options.fluxOutcome(file)).toBeUndefined();
  });

  test('status-unknown: a status that is not in AIFE’s list, in the search and in the history', async () => {
    const { submit, statusOf, order } = await started();
    await submit('F-1');
    await order('status-unknown');
    expect(await statusOf('F-1')).toEqual(['ETAT_NOUVEAU_DU_SIMULATEUR']);
    await order(null);
    expect(await statusOf('F-1')).toEqual(['DEPOSEE']);
  });
});

test('tells which are on; one that is on already is undone once', async () => {
  const { order, on, search } = await started();
  for (const word of ['platform-closed', 'structure-inactive', 'platform-closed']) await order(word);
  expect(await on()).toEqual({ on: ['platform-closed', 'structure-inactive'] });
  await order(null);
  expect(await on()).toEqual({ on: [] });
  expect(await search('F-1')).toMatchObject({ status: 200 });
});

test('every trouble has its word', () => {
  expect(Object.keys(TROUBLE_WORDS).sort()).toEqual(
    [...Object.keys(TROUBLES), ...Object.keys(PLATFORM_TROUBLES)].sort(),
  );
});
