import { expect, it } from 'vitest';
import { deploymentFrom } from '../../infra/deployment.ts';
import { doubtsAbout } from '../../infra/doubts.ts';

const doubts = (stage: string, environment: 'production' | 'qualification', contacts: string[]) =>
  doubtsAbout(deploymentFrom({ stage, connections: ['duval'] }), [{ name: 'duval', environment, contacts }]);
const somebody = ['compta@example.org'];

it('a connection of the other environment is told', () => {
  expect(doubts('production', 'qualification', somebody)).toEqual([
    'connection duval is for Chorus Pro’s qualification, and the stage is production',
  ]);
  expect(doubts('qualification', 'production', somebody)).toHaveLength(1);
  expect(doubts('trial', 'production', somebody)).toHaveLength(1);
  for (const same of ['production', 'qualification'] as const) expect(doubts(same, same, somebody)).toEqual([]);
  expect(doubts('trial', 'qualification', somebody)).toEqual([]);
});

it('alarms that nobody hears are told', () => {
  expect(doubts('production', 'production', []).join()).toContain('nobody is told of an alarm');
});
