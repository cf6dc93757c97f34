import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { healthCheck, operations } from '../../shared/chorus-pro/operations.ts';
import { exampleClient } from '../../tools/chorus-pro-simulator/example-client.ts';
import {
  CHANGING_PATHS,
  createChorusPro,
  drivenClock,
  type FaultRule,
} from '../../tools/chorus-pro-simulator/index.ts';

/** The simulator has its own list of paths: a path that only one of the two has is misspelt. */
const client = exampleClient(createChorusPro({ clock: drivenClock({ start: 0 }) }));
const paths = Object.entries(operations);
/** A folder with AIFE's Swaggers, factures.json and structures.json. */
const swaggers = process.env['AIFE_SWAGGERS'];

describe('every operation that the relay calls', () => {
  it.each(paths)('%s is one that the simulator serves', (path) => {
    const { status, body } = client.raw({ path: `/cpro/${path}` });
    expect([status, body['httpMessage']]).not.toEqual([403, 'Forbidden']);
    expect([200, 400]).toContain(status);
  });

  it('differs from one that it does not serve', () => {
    expect(client.raw({ path: '/cpro/factures/v1/soumetre' }).status).toBe(403);
  });

  it.each(paths)('%s may be repeated only if it changes nothing that counts', (path, { effect }) => {
    if (effect === 'none') expect(CHANGING_PATHS).not.toContain(`/cpro/${path}`);
    if (effect === 'once') expect(CHANGING_PATHS).toContain(`/cpro/${path}`);
  });

  it('includes the health check', () => {
    expect(client.raw({ method: 'GET', path: `/cpro/${healthCheck}` }).status).toBe(200);
  });

  it.runIf(swaggers)('is in AIFE’s Swagger, for the two APIs that have one', () => {
    for (const api of ['factures', 'structures']) {
      const text = readFileSync(join(swaggers ?? '', `${api}.json`), 'utf8');
      const swagger = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text));
      const own = paths.filter(([path]) => path.startsWith(`${api}/`)).map(([path]) => path.slice(api.length));
      expect(own.filter((path) => !(path in swagger.paths))).toEqual([]);
    }
  });
});

/** A line marked `@ts-expect-error` fails the type check (`npm run types`) as soon as it compiles. */
it('a misspelt path, kind of fault or status of the simulator does not compile', () => {
  const model = createChorusPro({ clock: drivenClock({ start: 0 }) });
  // @ts-expect-error a misspelt path in a fault rule
  const rule: FaultRule = { kind: 'unavailable', path: '/cpro/factures/v1/soumetre' };
  // @ts-expect-error a misspelt API in a fault rule
  const wide: FaultRule = { ...rule, path: '/cpro/facture/*' };
  // @ts-expect-error a misspelt kind of fault
  const kind: FaultRule['kind'] = 'unavailabel';
  // @ts-expect-error a misspelt path among the counted calls
  expect(model.effects.calls['/cpro/factures/v1/soumetre']).toBeUndefined();
  // @ts-expect-error a misspelt status
  expect(() => model.setStatus('F-1', 'REJETTEE')).toThrow();
  expect([wide.kind, kind]).toEqual(['unavailable', 'unavailabel']);
});
