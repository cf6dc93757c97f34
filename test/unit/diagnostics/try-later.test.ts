import { expect, it } from 'vitest';
import { deployment } from './fixture.ts';

const structures = '/cpro/structures/v1/consulter';

it('has nothing to fix while the platform does not respond', async () => {
  const given = deployment();
  given.faults.add({ kind: 'unavailable', path: structures });
  expect(await given.check()).toMatchObject({
    established: false,
    conclusion: {
      fr: 'Connexion avec Chorus Pro non établie : recommencez plus tard',
      en: 'Connection with Chorus Pro not established: try again later',
    },
  });
});

it('counts only the steps that somebody can fix', async () => {
  const given = deployment();
  given.faults.add({ kind: 'unavailable', path: structures });
  given.trouble('structure-detached');
  const { conclusion } = await given.check();
  expect(conclusion.en).toBe('Connection with Chorus Pro not established: 1 step to fix');
});
