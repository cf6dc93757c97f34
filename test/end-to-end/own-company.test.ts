import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConnectionFiles } from '../../infra/connection-files.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { practiceWorld } from '../../tools/chorus-pro-simulator/index.ts';
import { bringUp } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { companiesOf } from '../../tools/local-cloud/simulator.ts';
import { textLike } from '../infra/local-fixture.ts';
import { submitCommand } from '../support/commands.ts';

describe('one’s own company', () => {
  it('sends to a recipient of its own, and is paid as the clock moves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'own-company-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const companies = [{ name: 'Bertin', siret: '99920001700013', service: 'COMPTA' }];
    const file = { label: 'Bertin', environment: 'qualification', companies };
    await writeFile(join(folder, 'bertin.json'), JSON.stringify(file));
    const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
    const relay = await bringUp({
      clock,
      context: { connections: ['bertin'] },
      build: { connectionsFolder: folder },
      world: practiceWorld(companiesOf(await readConnectionFiles(['bertin'], folder)), clock.now()),
    });
    onTestFinished(() => relay.stop());
    const endpoints = endpointsOf(relay);
    const erp = new Erp(endpoints);
    onTestFinished(() => erp.close());
    const invoice = { number: 'B-1', recipient: { siret: '99920002500016' } };
    const command = { connection: 'bertin', supplier: { company: 'Bertin' } };
    await erp.send(JSON.stringify(submitCommand({ invoice, command })), 'bertin');
    await relay.cloud.idle();
    const body = JSON.stringify({ forward: '21d' });
    const moved = await fetch(endpoints.clockUrl ?? '', { method: 'POST', body });
    expect(await moved.json()).toMatchObject({ now: textLike(/^2026-12-14T09:00/) });
    const events = await erp.readInbox();
    expect(events.map(({ type }) => type)).toContain('chorus-relay.invoice.paid.v1');
  });
});
