import { describe, expect, it } from 'vitest';
import { logCodes, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import { silentTelemetry } from '../../support/silent-telemetry.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand } from '../../support/commands.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';
import { answering, codesOf, paths, recordOf } from './scenario.ts';

const siret = RECIPIENTS.nothingMandatory;
const done = { kind: 'done' };
const consulted = ({ model }: Relay): number => model.effects.calls[paths.structure] ?? 0;

/** A function that starts with what another one kept an hour ago, when the recipient still demanded a commitment. */
async function withYesterdaysDemand(options: RelayOptions = {}): Promise<Relay> {
  const before = relay();
  const access = await before.dependencies.access('example');
  const recipient = await access?.directory({ remainingMs: () => 9_000 }).recipient(siret);
  if (recipient?.kind !== 'accepted') throw new Error('the model knows this recipient');
  const world = relay(options);
  const at = new Date(world.now().getTime() - 3_600_000).toISOString();
  const value = { ...recipient.value, commitmentRequired: true };
  await world.ledger.remember(`recipient#qualification#${siret}`, { at, value });
  return world;
}

describe('a demand that a kept entry makes', () => {
  it('refuses nobody when it is no longer made', async () => {
    const world = await withYesterdaysDemand();
    expect(await world.submit(submitCommand())).toEqual(done);
    expect((await recordOf(world)).state).toBe('followed');
    expect(consulted(world)).toBe(1);
  });

  it('refuses nobody while it cannot be read again: the message waits', async () => {
    const world = await withYesterdaysDemand();
    world.faults.add({ kind: 'server-error', path: paths.structure });
    expect(await world.submit(submitCommand())).toMatchObject({ kind: 'retry', reason: 'platform-down' });
    expect(world.ledger.records()).toEqual([]);
    expect(world.published).toEqual([]);
  });

  it('is met: nothing is read again', async () => {
    const world = await withYesterdaysDemand();
    await world.submit(submitCommand({ invoice: { commitment: 'E-1' } }));
    expect((await recordOf(world)).state).toBe('followed');
    expect(consulted(world)).toBe(0);
  });

  it('refuses at once when it was read just now', async () => {
    const world = relay();
    await world.submit(submitCommand({ invoice: { recipient: { siret: RECIPIENTS.commitmentMandatory } } }));
    expect(codesOf(await recordOf(world))).toEqual(['commitment-required']);
    expect(consulted(world)).toBe(1);
  });
});

describe('a directory that Chorus Pro refuses to read', () => {
  it('is a reason of its own to wait, and the log says what was refused', async () => {
    const logged: unknown[] = [];
    const telemetry: Telemetry = { ...silentTelemetry, warn: (code, fields) => void logged.push([code, fields]) };
    const no = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
    const world = relay({ telemetry, transport: answering(paths.structure, () => no) });
    expect(await world.submit(submitCommand())).toEqual({ kind: 'retry', reason: 'directory-refused' });
    expect(logged).toEqual([
      ['DIRECTORY_REFUSED', { connection: 'example', operation: 'structures/v1/rechercher', reason: '20001' }],
    ]);
    expect(logCodes).toHaveProperty('DIRECTORY_REFUSED');
  });
});
