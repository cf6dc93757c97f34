import * as z from 'zod';
import { json, type Reply } from './replies.ts';
import { type DrivenClock, isoDateTime } from './time.ts';
import { STATUSES } from './enumerations.ts';
import { FAULT_KINDS, type FaultKind, type FaultPlan } from './faults.ts';
import type { Request } from './gateway.ts';
import type { ChorusPro } from './model.ts';
import { makeTrouble, TROUBLES, type TroubleName } from './troubles.ts';

/** For people who run the simulator on its own; Chorus Pro has nothing like it. */
export const CONTROL_PREFIX = '/simulator/';

interface Controlled {
  model: ChorusPro;
  clock: DrivenClock | undefined;
  faults: FaultPlan;
  /** Undo the troubles that are in force. */
  mends: (() => void)[];
}

const isKind = (kind: string): kind is FaultKind => kind in FAULT_KINDS;

const isTrouble = (name: string): name is TroubleName => name in TROUBLES;

const faultRule = z.strictObject({
  kind: z.string().refine(isKind, `one of ${Object.keys(FAULT_KINDS).join(', ')}`),
  path: z.string().optional(),
  nth: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  count: z.int().min(0).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  milliseconds: z.number().min(0).optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  strikes: z.enum(['before', 'after']).optional(),
});

const schemas = {
  clock: z.strictObject({ advanceMs: z.number().min(0) }),
  faults: z.strictObject({ rules: z.array(faultRule), replace: z.boolean().default(true) }),
  status: z.strictObject({
    invoice: z.union([z.string(), z.int()]),
    status: z.enum(STATUSES),
    comment: z.string().optional(),
  }),
  trouble: z.strictObject({
    trouble: z
      .string()
      .refine(isTrouble, `one of ${Object.keys(TROUBLES).join(', ')}, or null to mend them all`)
      .nullable(),
  }),
};

function state({ model, faults }: Controlled): Reply {
  const { invoices, unusedDrafts, calls, completed, failedLogins } = model.effects;
  return json(200, {
    now: isoDateTime(model.clock.now()),
    effects: { invoices, unusedDrafts, calls, completed, failedLogins },
    invoices: model.accepted().map((one) => ({ ...one, at: isoDateTime(one.at), ...model.invoice(one.id) })),
    faults: { rules: faults.rules, struck: faults.struck },
  });
}

function advance({ clock }: Controlled, body: unknown): Reply {
  const { advanceMs } = schemas.clock.parse(body);
  if (!clock) return json(409, { error: 'the clock of this simulator cannot be driven' });
  clock.advance(advanceMs);
  return json(200, { now: isoDateTime(clock.now()) });
}

function order({ faults }: Controlled, body: unknown): Reply {
  const { rules, replace } = schemas.faults.parse(body);
  if (replace) faults.clear();
  for (const rule of rules) faults.add(rule);
  return json(200, { rules: faults.rules });
}

function setStatus({ model }: Controlled, body: unknown): Reply {
  const { invoice, status, comment } = schemas.status.parse(body);
  if (!model.invoice(invoice)) return json(404, { error: `no invoice ${invoice}` });
  model.setStatus(invoice, status, comment);
  return json(200, { invoice, status });
}

function trouble({ model, mends }: Controlled, body: unknown): Reply {
  const { trouble: name } = schemas.trouble.parse(body);
  if (name !== null) mends.push(makeTrouble(model.world, name, model.clock.now()));
  else for (const mend of mends.splice(0).reverse()) mend();
  return json(200, { trouble: name });
}

const ROUTES: Record<string, (controlled: Controlled, body: unknown) => Reply> = {
  'GET /simulator/state': state,
  'POST /simulator/clock': advance,
  'POST /simulator/faults': order,
  'POST /simulator/status': setStatus,
  'POST /simulator/trouble': trouble,
};

export function control(controlled: Controlled, { method, path, body }: Request): Reply {
  const route = ROUTES[`${method} ${path}`];
  if (!route) return json(404, { error: 'unknown route', routes: Object.keys(ROUTES) });
  try {
    const content: unknown = body === '' ? {} : JSON.parse(body);
    return route(controlled, content);
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : 'unreadable' });
  }
}
