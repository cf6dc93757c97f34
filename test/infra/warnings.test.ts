import { expect, it } from 'vitest';
import { deploymentFrom, warningsAbout } from '../../infra/deployment.ts';

const warnings = (stage: string, environment: 'production' | 'qualification', contacts: string[]) =>
  warningsAbout(deploymentFrom({ stage, connections: ['duval'] }), [{ name: 'duval', environment, contacts }]);
const somebody = ['compta@example.org'];

it('warns of a connection to the other environment', () => {
  expect(warnings('production', 'qualification', somebody)).toEqual([
    'connection duval is for Chorus Pro’s qualification, and the stage is production',
  ]);
  expect(warnings('qualification', 'production', somebody)).toHaveLength(1);
  expect(warnings('trial', 'production', somebody)).toHaveLength(1);
  for (const same of ['production', 'qualification'] as const) expect(warnings(same, same, somebody)).toEqual([]);
  expect(warnings('trial', 'qualification', somebody)).toEqual([]);
});

it('warns of alarms that reach nobody', () => {
  expect(warnings('production', 'production', []).join()).toContain('nobody is told of an alarm');
});
