import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { secretNameOf } from '../../shared/connection/settings.ts';
import { makeTrouble, SUPPLIERS, type TroubleName } from '../../tools/chorus-pro-simulator/index.ts';

/** As the example, and its agency with the service that Chorus Pro knows. */
const connection = {
  label: 'Constructions Duval (exemple)',
  environment: 'qualification',
  companies: [
    {
      name: 'Constructions Duval',
      siret: SUPPLIERS.company,
      agencies: [{ name: 'Caen', siret: SUPPLIERS.agency, service: 'SERVICE_FOURNISSEUR' }],
    },
  ],
};

const answerSchema = z.array(
  z.object({
    established: z.boolean(),
    conclusion: z.object({ fr: z.string(), en: z.string() }),
    steps: z.array(z.looseObject({ verdict: z.enum(['holds', 'fails', 'not-tried']), finding: z.string() })),
  }),
);

/** An hour before the example's password expires. */
const start = new Date('2027-11-23T10:00:00Z');

describe('check-connection in the local cloud', () => {
  let folder: string;
  let relay: Relay;
  const clock = new DrivenClock({ start });
  const said: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'check-connection-'));
    await writeFile(join(folder, 'example.json'), JSON.stringify(connection));
    const build = { connectionsFolder: folder, outdir: join(folder, 'built') };
    relay = await bringUp({ clock, build, onLog: ({ line }) => void said.push(line) });
  });
  afterAll(async () => {
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  const store = (changes: Partial<Credentials> = {}) =>
    relay.cloud.storeSecret(secretNameOf('qualification', 'example'), { ...simulatorCredentials, ...changes });
  let mend: (() => void) | undefined;
  const trouble = (name: TroubleName) => {
    const { simulator } = relay;
    if (simulator) mend = makeTrouble(simulator.model.world, name, clock.now());
  };
  afterEach(() => {
    mend?.();
    mend = undefined;
    store();
  });

  /** Which faults the function finds; the rest either holds or could not be tried. */
  const check = async () => {
    const { payload } = z
      .object({ payload: z.unknown() })
      .parse(await relay.cloud.invoke('chorus-relay-qualification-check-connection', { connection: 'example' }));
    const [{ established, conclusion, steps } = { established: undefined, conclusion: undefined, steps: [] }] =
      answerSchema.parse(payload);
    const faults = steps.filter(({ verdict }) => verdict === 'fails').map(({ finding }) => finding);
    return { established, conclusion: conclusion?.fr, faults };
  };
  const established = { established: true, conclusion: 'Connexion avec Chorus Pro établie', faults: [] };
  const broken = (finding: string) => ({
    established: false,
    conclusion: 'Connexion avec Chorus Pro non établie : 1 étape à corriger',
    faults: [finding],
  });

  const plays: Record<string, [play: () => void, finding: string]> = {
    'a wrong client id': [() => store({ pisteClientId: 'fa4efa4e-0000-4000-8000-000000000009' }), 'client-id-changed'],
    'a wrong secret': [() => store({ pisteClientSecret: 'fa4efa4e-0000-4000-8000-000000000009' }), 'secret-refused'],
    'a wrong technical password': [() => store({ technicalPassword: 'wrong' }), 'account-refused'],
    'an API not subscribed to': [() => trouble('api-not-subscribed'), 'api-not-subscribed'],
    'no raccordement': [() => trouble('no-raccordement'), 'no-raccordement'],
    'an unknown SIRET': [() => trouble('structure-unknown'), 'supplier-unknown'],
    'an inactive service': [() => trouble('service-inactive'), 'service-inactive'],
    'an expired password': [() => clock.advance(3_600_001), 'password-expired'],
  };

  it.each(Object.entries(plays))('tells %s from every other fault', async (_name, [play, finding]) => {
    expect(await check()).toEqual(established);
    play();
    expect(await check()).toEqual(broken(finding));
  });

  it('logs none of the credentials', () => {
    expect(said.join('\n')).toContain('CONNECTION_CHECKED');
    for (const secret of Object.values(simulatorCredentials)) expect(said.join('\n')).not.toContain(secret);
  });
});
