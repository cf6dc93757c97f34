import { describe, expect, it } from 'vitest';
import { rotateCredentials, rotationSteps } from '../../../functions/rotate-credentials/rotate-credentials.ts';
import { urlsFor } from '../../../shared/chorus-pro/piste.ts';
import { tryCredentials } from '../../../shared/chorus-pro/try-credentials.ts';
import type { Credentials } from '../../../shared/connection/credentials.ts';
import type { OperationsMessage } from '../../../shared/messaging/senders.ts';
import type { LogCode, LogFields, Telemetry } from '../../../shared/telemetry/telemetry.ts';
import { silentTelemetry } from '../../support/silent-telemetry.ts';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  EXAMPLE_CREDENTIALS,
  exampleWorld,
} from '../../../tools/chorus-pro-simulator/index.ts';
import { modelTransport, modelUrls } from '../../support/model-transport.ts';
import { secretInMemory } from './versions-in-memory.ts';

const now = new Date('2026-11-23T09:00:00.000Z');
const oldSecret = EXAMPLE_CREDENTIALS.clientSecret;
const newSecret = EXAMPLE_CREDENTIALS.nextClientSecret;
const old: Credentials = {
  pisteClientId: EXAMPLE_CREDENTIALS.clientId,
  pisteClientSecret: oldSecret,
  technicalLogin: EXAMPLE_CREDENTIALS.technicalAccount,
  technicalPassword: EXAMPLE_CREDENTIALS.technicalPassword,
};
const renewed = { ...old, pisteClientSecret: newSecret };

function rotating(current: object = old) {
  const clock = drivenClock({ start: now.getTime() });
  const world = exampleWorld();
  const model = createChorusPro({ clock, world });
  const faults = createFaultPlan({ clock });
  const kept = secretInMemory(JSON.stringify(current), new Date('2026-08-20T08:00:00Z'));
  const told: (OperationsMessage & { connection: string })[] = [];
  const logged: [LogCode, LogFields | undefined][] = [];
  const log = (...line: [LogCode, LogFields?]) => void logged.push([line[0], line[1]]);
  const telemetry: Telemetry = { ...silentTelemetry, info: log, warn: log, error: log };
  const trial = {
    urls: urlsFor('qualification', modelUrls),
    transport: modelTransport(model, faults),
    now: () => now,
    wait: () => Promise.resolve(),
  };
  const dependencies = {
    secret: kept.secret,
    tryOut: (credentials: Credentials) => tryCredentials(credentials, trial, { remainingMs: () => 60_000 }),
    tell: (connection: string, message: OperationsMessage) =>
      Promise.resolve(void told.push({ connection, ...message })),
    telemetry,
    now: () => now,
  };
  const step = (name: (typeof rotationSteps)[number]) =>
    rotateCredentials({ connection: 'example', step: name, version: 'new' }, dependencies);
  /** As Secrets Manager does: one after the other, until one fails. */
  const rotate = async () => {
    for (const name of rotationSteps) await step(name);
  };
  return { ...kept, model, world, faults, told, logged, step, rotate };
}

describe('new credentials that are right', () => {
  it('take over after they were tried, and what was staged is no longer', async () => {
    const { rotate, stage, labels, told, logged, text } = rotating();
    stage(JSON.stringify(renewed));
    await rotate();
    expect(labels).toEqual({ old: [], staged: [], new: ['AWSPENDING', 'AWSCURRENT'] });
    expect(JSON.parse(text('new') ?? '')).toMatchObject(renewed);
    expect(logged).toEqual([['CREDENTIALS_ROTATED', { connection: 'example' }]]);
    expect(told).toMatchObject([
      {
        connection: 'example',
        subject: 'chorus-relay example : nouveaux identifiants en service / new credentials in use',
      },
    ]);
  });

  it('are tried, whether PISTE lets both secrets live or not', async () => {
    const { rotate, stage, labels, world } = rotating();
    for (const application of world.applications) application.clientSecrets = [newSecret];
    stage(JSON.stringify(renewed));
    await rotate();
    expect(labels['new']).toContain('AWSCURRENT');
  });

  it('count their days from now; what did not change keeps its date', async () => {
    const dates = { pisteSecretCreatedAt: '2026-08-25T08:00:00Z', technicalPasswordSetAt: '2026-01-10T08:00:00Z' };
    const { rotate, stage, text } = rotating({ ...old, ...dates });
    // As a tool that starts from the present value does.
    stage(JSON.stringify({ ...renewed, ...dates }));
    await rotate();
    expect(JSON.parse(text('new') ?? '')).toMatchObject({ ...dates, pisteSecretCreatedAt: now.toISOString() });
  });

  it('keep the date of the old version for a secret that did not change', async () => {
    const { rotate, stage, text, world } = rotating();
    for (const account of world.accounts) account.password = 'new password';
    stage(JSON.stringify({ ...old, technicalPassword: 'new password' }));
    await rotate();
    expect(JSON.parse(text('new') ?? '')).toMatchObject({
      pisteSecretCreatedAt: '2026-08-20T08:00:00.000Z',
      technicalPasswordSetAt: now.toISOString(),
    });
  });

  it('keep the dates that the operator gives them', async () => {
    const { rotate, stage, text } = rotating();
    stage(JSON.stringify({ ...renewed, pisteSecretCreatedAt: '2026-11-20T08:00:00Z' }));
    await rotate();
    expect(JSON.parse(text('new') ?? '')).toMatchObject({ pisteSecretCreatedAt: '2026-11-20T08:00:00Z' });
  });

  it('take over though each step is called twice', async () => {
    const { step, stage, labels, told } = rotating();
    stage(JSON.stringify(renewed));
    for (const name of rotationSteps) {
      await step(name);
      await step(name);
    }
    expect(labels['new']).toContain('AWSCURRENT');
    expect(told).toHaveLength(1);
  });
});

describe('new credentials that are wrong never take over', () => {
  it.each([
    ['piste-application', { ...old, pisteClientSecret: 'wrong' }, 0],
    ['technical-account', { ...renewed, technicalPassword: 'wrong' }, 1],
    ['raccordement', { ...renewed, technicalLogin: EXAMPLE_CREDENTIALS.unconnectedAccount }, 0],
    ['format', { ...renewed, technicalLogin: '' }, 0],
    ['format', 'no JSON', 0],
  ])('%s', async (link, next, failedLogins) => {
    const { rotate, stage, labels, told, logged, model } = rotating();
    stage(typeof next === 'string' ? next : JSON.stringify(next));
    await expect(rotate()).rejects.toThrow(`the new credentials were refused (${link}): the old ones stay in use`);
    // Not pending any more: Secrets Manager begins a failed rotation again by itself, and nobody is asked a second
    // time.
    expect(labels).toEqual({ old: ['AWSCURRENT'], staged: [], new: [`CHORUS_RELAY_REFUSED_${link}`] });
    await expect(rotate()).rejects.toThrow('this version is not the pending one');
    expect(model.effects.failedLogins).toBe(failedLogins);
    expect(logged).toEqual([['CREDENTIALS_REFUSED', { connection: 'example', reason: link }]]);
    expect(told).toMatchObject([
      {
        connection: 'example',
        subject: `chorus-relay example : identifiants refuses (${link}) / new credentials refused`,
      },
    ]);
    expect(JSON.stringify([told, logged])).not.toMatch(/wrong|fake-password|fa4efa4e/);
  });

  it('the label of an earlier refusal moves to the later one', async () => {
    const { rotate, stage, labels } = rotating();
    labels['earlier'] = ['CHORUS_RELAY_REFUSED_technical-account'];
    stage(JSON.stringify({ ...old, technicalPassword: 'wrong' }));
    await expect(rotate()).rejects.toThrow('refused');
    expect(labels).toMatchObject({ earlier: [], new: ['CHORUS_RELAY_REFUSED_technical-account'] });
  });
});

describe('what says nothing about the credentials changes nothing', () => {
  it('a platform that does not answer: they stay pending, and are tried again', async () => {
    const { rotate, stage, labels, faults, told, logged } = rotating();
    stage(JSON.stringify(renewed));
    faults.add({ kind: 'unavailable' });
    await expect(rotate()).rejects.toThrow('could not be tried');
    expect(labels).toMatchObject({ old: ['AWSCURRENT'], new: ['AWSPENDING'] });
    expect(told).toEqual([]);
    expect(logged.map(([code]) => code)).toEqual(['CREDENTIALS_UNTRIED']);
    faults.clear();
    await rotate();
    expect(labels['new']).toContain('AWSCURRENT');
  });

  it('a rotation that nobody staged anything for', async () => {
    const { rotate, labels } = rotating();
    labels['new'] = ['AWSPENDING'];
    await expect(rotate()).rejects.toThrow('nothing is staged');
    expect(labels['old']).toEqual(['AWSCURRENT']);
  });

  it('a call of testSecret alone, by which Secrets Manager sees whether the function is there', async () => {
    const { step, labels, model } = rotating();
    labels['new'] = ['AWSPENDING'];
    await step('testSecret');
    await expect(step('finishSecret')).rejects.toThrow('no value');
    expect(model.effects.calls).toEqual({});
  });
});
