import { expect, it } from 'vitest';
import { asked, day, toldOf, validating } from './scenario.ts';

it('a request whose end was told, but nobody knows, is told by that end again, though nothing can be read', async () => {
  const world = validating();
  world.model.askValidation(asked());
  await world.pollValidations();
  world.advance(16 * day);
  world.model.setStatus('ST-1', 'REFUSEE_1');
  const publish = world.dependencies.publishValidation;
  world.dependencies.publishValidation = async (events) => {
    await publish(events);
    throw new Error('nobody knows');
  };
  await world.pollValidations();
  world.dependencies.publishValidation = publish;
  const reopen = world.faults.add({ kind: 'maintenance', path: '/cpro/*' });
  world.advance(60);
  await world.pollValidations();
  expect(toldOf(world)).toEqual(['requested', 'answered', 'answered']);
  const [, first, again] = world.validationEvents;
  expect(again?.id).toBe(first?.id);
  reopen();
  await world.pollValidations();
  expect(toldOf(world)).toHaveLength(3);
});
