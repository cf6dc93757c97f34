import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { InvoiceEvent } from '../../shared/invoice/events.ts';
import { STATUSES } from '../../tools/chorus-pro-simulator/enumerations.ts';
import { statusRow } from '../../shared/lists/status-row.ts';
import { relay, type Relay } from '../support/relay.ts';

/**
 * Cases that people of this trade met with other programs, one JSON file each; FIELD_CASES names their folder. A case's
 * steps are played on the driven clock, and its events compared with what that person needed.
 */

const stepSchema = z.union([
  z.strictObject({ send: z.looseObject({ type: z.string(), invoice: z.looseObject({ number: z.string() }) }) }),
  z.strictObject({
    chorusProStatus: z.strictObject({ invoice: z.string(), status: z.enum(STATUSES), comment: z.string().optional() }),
  }),
  z.strictObject({ waitMinutes: z.number().optional(), then: z.string() }),
]);
type Step = z.infer<typeof stepSchema>;
const caseSchema = z.looseObject({ id: z.string(), steps: z.array(stepSchema), wanted: z.string() });

interface Wanted {
  /** The events, each as `number type codes of its reasons`. */
  events: readonly string[];
  /** How many invoices Chorus Pro has in the end. */
  invoices: number;
  /** What the last event says to a person, in French, its reasons included. */
  says?: RegExp;
  /** What must be in a request to Chorus Pro. */
  sends?: RegExp;
}

const accepted = (number: string) => [`${number} accepted`, `${number} submitted`];
const refused = (number: string, codes: string, says?: RegExp): Wanted => ({
  events: [`${number} refused ${codes}`],
  invoices: 0,
  ...(says ? { says } : {}),
});

/** What the people of the cases needed, as events. */
const wanted: Readonly<Record<string, Wanted>> = {
  'F01-retained-warranty': refused('FC-0101', 'amount-due', /retenue/),
  'F02-vat-rounded-by-line': { events: accepted('FC-0201'), invoices: 1 },
  'F04-number-again-next-year': {
    events: [...accepted('0001'), '0001 refused number-already-used'],
    invoices: 1,
    says: /3 mars 2025.*1\s200,00/,
  },
  'F05-same-data-new-pdf': {
    events: [...accepted('FC-0501'), 'FC-0501 repeated invoice-changed'],
    invoices: 1,
    says: /N’utilisez pas un autre numéro/,
  },
  'F07-e-invoice-of-another-number': {
    events: [
      'FC-0701 refused file-differs',
      'FC-0700 accepted',
      'FC-0700 deposited',
      'FC-0700 submitted',
      'FC-0700 status-changed',
    ],
    invoices: 1,
  },
  'F08-reason-lost-in-a-rejected-file': refused('FC-0801', 'file-differs'),
  'F10-control-characters': refused('FC-1001', 'character', /U\+000B/),
  'F11a-commitment': refused('FC-1100', 'character', /U\+200B/),
  'F12a-service-with-a-space-behind': { events: accepted('FC-1201'), invoices: 1 },
  'F12b-iban-as-people-write-it': { events: accepted('FC-1202'), invoices: 1 },
  'F13a-pdf-with-a-password': refused('FC-1301', 'document-encrypted'),
  'F13b-pdf-cut-off': refused('FC-1302', 'document-cut-off'),
  'F14a-plain-pdf-as-factur-x': refused('FC-1401', 'e-invoice-missing'),
  'F14b-factur-x-as-plain-pdf': refused('FC-1402', 'e-invoice-unreadable'),
  'F15a-document-name-without-extension': refused('FC-1501', 'document-extension'),
  'F16-regime-with-vat-and-no-breakdown': refused('FC-1601', 'vat-breakdown-missing'),
  'F18-factor': { events: accepted('FC-1801'), invoices: 1 },
  'F19-works': refused('FC-1901', 'framework-not-served'),
  'F20-credit-note-without-payment': { events: accepted('FC-2001'), invoices: 1 },
  'F21a-exemption-in-words': refused('FC-2101', 'exemption-reason-unknown'),
  'F23-recycle-to-a-body-that-demands-more': {
    events: [
      ...accepted('FC-2301'),
      'FC-2301 action-needed',
      'FC-2301 answer-refused commitment-required',
      'FC-2301 answer-refused service-required',
    ],
    invoices: 1,
  },
  'F24-rejected-dropped-again': {
    events: [...accepted('FC-2401'), 'FC-2401 rejected', 'FC-2401 repeated same-invoice'],
    invoices: 1,
    says: /nouveau numéro/,
  },
  'F25-suspended-after-payment': {
    events: [...accepted('FC-2501'), 'FC-2501 paid', 'FC-2501 action-needed'],
    invoices: 1,
  },
  'F28-recipient-is-a-company': refused('FC-2801', 'recipient-is-a-company'),
  'F30-credit-note-with-a-negative-line': { events: accepted('FC-3001'), invoices: 1 },
};

const folder = process.env['FIELD_CASES'];
const cases =
  folder === undefined
    ? []
    : readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => caseSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));

const toldBy = ({ type, data }: InvoiceEvent): string =>
  [
    data.number ?? '-',
    type.replace(/^chorus-relay\.invoice\.(.*)\.v1$/, '$1'),
    ...new Set((data.reasons ?? []).map(({ code }) => code)),
  ].join(' ');

async function play(world: Relay, step: Step): Promise<void> {
  if ('send' in step) {
    await world.submit(step.send);
  } else if ('chorusProStatus' in step) {
    const { invoice, status, comment } = step.chorusProStatus;
    world.advance(5);
    world.model.setStatus(invoice, status, comment);
  } else {
    world.advance(step.waitMinutes ?? 0);
    if (step.then === 'poll') await world.poll();
  }
}

describe.skipIf(folder === undefined)('a case that somebody of this trade met', () => {
  it.each(cases)('plays as that person needed: $id', async ({ id, steps }) => {
    const requests: string[] = [];
    const world = relay({
      transport: (transport) => (request) => {
        requests.push(request.body ?? '');
        return transport(request);
      },
    });
    for (const step of steps) await play(world, step);
    const want = wanted[id];
    expect(world.published.map(toldBy)).toEqual(want?.events);
    expect(world.model.accepted()).toHaveLength(want?.invoices ?? NaN);
    const { message, reasons = [] } = world.published.at(-1)?.data ?? {};
    if (want?.says) expect([message, ...reasons].map((said) => said?.fr).join('\n')).toMatch(want.says);
    if (want?.sends) expect(requests.join('\n')).toMatch(want.sends);
    if (steps.some((step) => 'then' in step && step.then.includes('--needs-action')))
      expect(world.ledger.records().map((record) => statusRow(record))).toMatchObject([{ needsAction: true }]);
  });
});
