import { expect, it } from 'vitest';
import { deploymentFrom, warningsAbout } from '../../infra/deployment.ts';

const warnings = (stage: string, environment: 'production' | 'qualification', alarmEmails = ['ops@example.org']) =>
  warningsAbout(deploymentFrom({ stage, connections: ['duval'], alarmEmails }), [{ name: 'duval', environment }]);

it('warns of a connection to the other environment', () => {
  expect(warnings('production', 'qualification')).toEqual([
    'connection duval is for Chorus Pro’s qualification, and the stage is production',
  ]);
  expect(warnings('qualification', 'production')).toHaveLength(1);
  expect(warnings('trial', 'production')).toHaveLength(1);
  for (const same of ['production', 'qualification'] as const) expect(warnings(same, same)).toEqual([]);
  expect(warnings('trial', 'qualification')).toEqual([]);
});

it('warns of alarms that reach nobody: contacts hear of none', () => {
  expect(warnings('production', 'production', []).join()).toContain('nobody is told of an alarm');
});
