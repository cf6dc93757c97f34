import { afterAll, beforeAll, expect, it } from 'vitest';
import { RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { endpointsOf } from '../../tools/local-cloud/endpoints.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import type { Mail } from '../../tools/local-cloud/services/mails.ts';
import { submitCommand } from '../support/commands.ts';

/** A Thursday, before the credentials are looked at. */
const start = new Date('2026-11-26T06:58:00+01:00');
const minute = 60_000;
const day = 24 * 60 * minute;
const accounts = 'compta@duval.example';

let relay: Relay;
let erp: Erp;
beforeAll(async () => {
  relay = await bringUp({ clock: new DrivenClock({ start }) });
  erp = new Erp(endpointsOf(relay));
});
afterAll(async () => {
  erp.close();
  await relay.stop();
});

const mails = (): readonly Mail[] => relay.cloud.mails.filter(({ to }) => to === accounts);
const inParis = ({ at }: Mail): string =>
  new Date(at).toLocaleString('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long', hour: '2-digit' });

it('comes once on each morning of a working day on which there is something to say', async () => {
  const { cloud } = relay;
  const command = submitCommand({ invoice: { number: 'F-1', recipient: { siret: RECIPIENTS.inactive } } });
  await erp.send(JSON.stringify(command), 'example');
  // Both turns of the first morning.
  await cloud.advance(182 * minute);
  await cloud.advance(day - 182 * minute, { catchUp: 'last' });
  await cloud.advance(62 * minute);
  await cloud.advance(day - 62 * minute, { catchUp: 'last' });
  await cloud.advance(62 * minute);
  // After a leap in time the local cloud gives every turn at once, and none of the second morning later.
  expect(mails().map(inParis)).toEqual(['jeudi 07 h', 'vendredi 06 h']);
  expect(mails()[0]?.text).toMatch(/À FAIRE \(1\)\n- F-1, .*\s: Non déposée dans Chorus Pro\n/);
});

it('does not come twice to whoever asks for it', async () => {
  const before = mails().length;
  const takeTurns = relay.cloud.functions.find((name) => name.endsWith('-take-turns')) ?? '';
  const turn = () => relay.cloud.invoke(takeTurns, { connection: 'example', what: 'mail' });
  await Promise.all([turn(), turn()]);
  expect(mails().length).toBe(before);
});
