import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../functions/watch-credentials/reminder.ts';
import { credentialsReminderSchema } from '../../../shared/messaging/credentials-event.ts';
import { daysAgo, exampleVersion, watching } from './watching.ts';

const secretOf = (days: number) => exampleVersion({ pisteSecretCreatedAt: daysAgo(days) });

it('the days on which somebody is told', () => {
  const days = Array.from({ length: 19 }, (_, i) => 16 - i);
  const notices = [undefined, undefined, 14, 14, 14, 14, 14, 14, 14, 7, 7, 7, 7, 3, 3, 1, 0, -1, -2];
  expect(days.map(noticeOf)).toEqual(notices);
});

describe('100 days of three connections', () => {
  /** A new secret comes into the second one's place on its 60th day; nobody renews the others'. */
  const renewedOn = 60;

  async function hundredDays(runsOn: (day: number) => number = () => 1) {
    const watched = watching({
      secrets: { new: secretOf(0), middle: secretOf(45), old: secretOf(100) },
      passwordEnds: Date.UTC(2027, 1, 21, 12),
    });
    for (let day = 0; day < 100; day += 1) {
      if (day === renewedOn) watched.secrets['middle'] = secretOf(-renewedOn);
      for (let run = 0; run < runsOn(day); run += 1) await watched.run();
      watched.advance(1);
    }
    const of = (connection: string, credential: string) =>
      watched.events
        .filter(({ data }) => data.connection === connection && data.credential === credential)
        .map(({ data }) => data.daysLeft);
    return { ...watched, of };
  }
  const downTo = (days: number) => Array.from({ length: 1 - days }, (_, i) => 0 - i);

  it('are told exactly what is due, once each', async () => {
    const { of, events, told } = await hundredDays();
    expect(of('new', 'piste-secret')).toEqual([14, 7, 3, 1, ...downTo(-9)]);
    // Renewed when it was two weeks late: silent from then on.
    expect(of('middle', 'piste-secret')).toEqual([14, 7, 3, 1, ...downTo(-14)]);
    expect(of('old', 'piste-secret')).toEqual(downTo(-109).slice(10));
    // 90 days after the start. From then on Chorus Pro lets nobody in, and says nothing any more.
    for (const connection of ['new', 'middle', 'old'])
      expect(of(connection, 'technical-password')).toEqual([14, 7, 3, 1, ...downTo(-9)]);
    expect(told).toHaveLength(events.length);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('are told the same if the watcher runs twice a day', async () => {
    const once = await hundredDays();
    const twice = await hundredDays(() => 2);
    expect(twice.events.map(({ id }) => id)).toEqual(once.events.map(({ id }) => id));
  });

  it('are told what was missed on the next day that it runs', async () => {
    const { of } = await hundredDays((day) => (day % 5 === 0 ? 1 : 0));
    // The days of the 14th, 7th, 3rd and last day and of the end itself were days without a run.
    expect(of('new', 'piste-secret')).toEqual([10, 5, 0, -5]);
  });
});

describe('a reminder', () => {
  it('says in French and in English what to do, with no value of any credential', async () => {
    const settings = { pisteApplication: 'ERP_999100019', technicalAccount: 'TECH_1_00001@cpro.fr' };
    const { run, told, events } = watching({ secrets: { duval: secretOf(83) }, settings });
    await run();
    expect(told).toMatchInlineSnapshot(`
      [
        {
          "connection": "duval",
          "subject": "chorus-relay duval : secret client PISTE a renouveler dans 7 jours / renew in 7 days",
          "text": "Connexion duval : secret client PISTE à renouveler avant le 30 novembre 2026 (dans 7 jours). PISTE conseille de le renouveler tous les trois mois.
      1. Sur https://piste.gouv.fr, menu « Applications », ouvrez ERP_999100019, onglet « Identifiants Oauth ».
      2. Générez un nouveau secret client. Si PISTE accepte que les deux coexistent, gardez l’ancien pour l’instant.
      3. Lancez « npx relay credentials duval » : le relais essaie la nouvelle valeur auprès de PISTE et de Chorus Pro, et ne remplace l’ancienne (chorus-relay/qualification/duval) que si elle est acceptée.
      4. La nouvelle valeur est prise en compte en cinq minutes au plus ; il n’y a rien à renvoyer.
      5. Dix minutes plus tard, supprimez l’ancien secret dans PISTE s’il y est encore.

      Connection duval: PISTE client secret to be renewed by 30 November 2026 (in 7 days). PISTE advises a new one every three months.
      1. On https://piste.gouv.fr, menu "Applications", open ERP_999100019, tab "Identifiants Oauth".
      2. Create a new client secret. If PISTE allows both at once, keep the old one for now.
      3. Run "npx relay credentials duval": the relay tries the new value with PISTE and Chorus Pro, and replaces the old one (chorus-relay/qualification/duval) only if it is accepted.
      4. The functions use the new value within five minutes; nothing needs to be sent again.
      5. Ten minutes later, delete the old secret at PISTE if it is still there.
      ",
        },
      ]
    `);
    expect(events).toMatchInlineSnapshot(`
      [
        {
          "data": {
            "actionNeeded": true,
            "connection": "duval",
            "credential": "piste-secret",
            "daysLeft": 7,
            "due": "2026-11-30",
            "environment": "qualification",
            "message": {
              "en": "Connection duval: PISTE client secret to be renewed by 30 November 2026 (in 7 days). PISTE advises a new one every three months.",
              "fr": "Connexion duval : secret client PISTE à renouveler avant le 30 novembre 2026 (dans 7 jours). PISTE conseille de le renouveler tous les trois mois.",
            },
          },
          "datacontenttype": "application/json",
          "id": "credentials#duval#piste-secret#2026-11-30#7",
          "source": "chorus-relay/duval",
          "specversion": "1.0",
          "subject": "duval/-/piste-secret",
          "time": "2026-11-23T06:00:00.000Z",
          "type": "chorus-relay.credentials.reminder.v1",
        },
      ]
    `);
    expect(credentialsReminderSchema.parse(events[0])).toEqual(events[0]);
    const { pisteClientSecret, technicalPassword } = exampleVersion();
    for (const secret of [pisteClientSecret, technicalPassword])
      expect(JSON.stringify([told, events])).not.toContain(secret);
  });

  it('writes the first day of a month as French people do', async () => {
    const { run, events } = watching({ secrets: { duval: secretOf(82) } });
    await run();
    expect(events[0]?.data.message.fr).toContain('avant le 1er décembre 2026 (dans 8 jours)');
    expect(events[0]?.data.message.en).toContain('by 1 December 2026 (in 8 days)');
  });

  it.each([
    [80, 'secret client PISTE a renouveler dans 10 jours'],
    [90, "secret client PISTE a renouveler aujourd'hui"],
    [300, 'secret client PISTE, echeance depassee de 210 jours'],
    [10_000, 'secret client PISTE, echeance depassee de 9910 jours'],
  ])('has a whole French subject that SNS takes, also for a long name: %i days', async (age, said) => {
    const name = 'a-connection-with-a-long-name-32';
    const { run, told } = watching({ secrets: { [name]: secretOf(age) }, passwordEnds: Date.UTC(2026, 10, 30) });
    await run();
    const [password, secret] = told.map(({ subject }) => subject).sort();
    expect(password).toBe(`chorus-relay ${name} : mot de passe technique a renouveler dans 7 jours`);
    expect(secret).toBe(`chorus-relay ${name} : ${said}`);
    for (const { subject } of told) expect(subject).toMatch(/^[ -~]{1,100}$/);
  });

  it('that could not be told is told the next time', async () => {
    const watched = watching({ secrets: { duval: secretOf(90) } });
    const { tell } = watched.dependencies;
    watched.dependencies.tell = () => Promise.reject(new Error('SNS'));
    await expect(watched.run()).rejects.toThrow('1 of 1');
    watched.dependencies.tell = tell;
    await watched.run();
    expect(watched.told).toHaveLength(1);
    // The ERP drops the second by its id.
    expect(new Set(watched.events.map(({ id }) => id)).size).toBe(1);
  });
});
