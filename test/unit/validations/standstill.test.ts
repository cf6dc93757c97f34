import { expect, it } from 'vitest';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { asked, path, validating } from './scenario.ts';

it('readings that come to nothing for six hours need a person, until one gets through', async () => {
  const telemetry = recordedTelemetry();
  const world = validating({ telemetry });
  const measured = () => telemetry.measured.map(([metric]) => metric);
  world.model.askValidation(asked());
  await world.pollValidations();
  world.faults.add({ kind: 'forbidden', path: path('rechercher/aTraiter/valideur') });
  for (let hours = 0; hours < 6; hours += 1) {
    await world.pollValidations();
    world.advance(60);
  }
  // No request is at risk: that costs nothing either.
  expect(measured()).not.toContain('ValidationsAtRisk');
  expect(measured()).not.toContain('ValidationsStopped');
  await world.pollValidations();
  expect(telemetry.measured).toContainEqual(['ValidationsStopped', 1, { connection: 'example' }]);
  telemetry.measured.length = 0;
  world.faults.clear();
  await world.pollValidations();
  expect(measured()).not.toContain('ValidationsStopped');
});
