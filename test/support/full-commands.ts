import { isStated } from '../../functions/submit-invoice/whole-command.ts';
import { isReasonCode } from '../../shared/invoice/reasons.ts';
import { coverage } from '../../tools/docs/schema-coverage.ts';
import { judgeCommand } from '../../tools/relay/judge-command.ts';
import { exampleWorksSettings } from './example-connection.ts';
import { readCommand, type commandSchemas } from '../../shared/invoice/read-command.ts';
import { RECIPIENTS, SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';

const about = (type: string, more: object = {}) => ({
  ...{ $schema: 'https://example.org/schema.json', type, version: 1, connection: 'example' },
  supplier: { company: 'Constructions Duval', agency: 'Lyon' },
  invoice: { number: 'FA-2026-0001', issueDate: '2026-11-20' },
  ...more,
});
const attachments = [
  { name: 'metre.csv', key: 'incoming/example/metre.csv', typeCode: '01' },
  { name: 'plan.pdf', content: 'JVBERi0=' },
];

/** Of works contracts. */
const PROJECT_MANAGER = '99930001500016';

/** Each command with every field that it may have. */
export const fullCommands: Readonly<Record<keyof typeof commandSchemas, object>> = {
  'invoice.submit': about('invoice.submit', {
    customer: { category: 'Mairies', chorusPro: true },
    worksite: 'École Jules-Ferry',
    invoice: {
      ...{ number: 'FA-2026-0001', type: 'invoice', issueDate: '2026-11-20', framework: 'A9', currency: 'EUR' },
      recipient: { siret: RECIPIENTS.nothingMandatory, service: 'SERVICE 1', name: 'Ville de Valbrume' },
      validator: { siret: SUPPLIERS.agency, service: 'TRAVAUX' },
      ...{ commitment: 'EJ-7', contract: '2026-BAT-1', precedingInvoice: 'FA-2026-0000' },
      precedingInvoiceDate: '2026-10-20',
      ...{ deliveryDate: '2026-10-31', period: { start: '2026-10-01', end: '2026-10-31' } },
      payment: { means: 'credit-transfer', iban: 'FR7630006000011234567890189', account: 'Compte principal' },
      ...{ vatRegime: 'exempt', exemptionReason: '261-4', sellerVatNumber: 'FR40303265045' },
      lines: [
        {
          ...{ number: 1, reference: 'A-1', name: 'Maçonnerie', quantity: '10', unit: 'm²', unitPrice: '100.5' },
          ...{ discount: '5.00', vatRate: '0', net: '1000.00' },
        },
      ],
      vatBreakdown: [
        { rate: '0', base: '1000.00', amount: '0.00', discount: { amount: '0.00', reason: 'remise de volume' } },
      ],
      totals: {
        ...{ taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00' },
        discount: { amount: '50.00', reason: 'geste commercial' },
        deductions: [
          {
            ...{ kind: 'retention', name: 'Retenue de garantie', rate: '5', base: '2300.00', previous: '57.50' },
            ...{ amount: '57.50', releaseDate: '2027-11-20' },
          },
          {
            ...{ kind: 'retention', name: 'Compte prorata', amount: '-10.00' },
            releases: [{ number: 'F-2025-0004', issueDate: '2025-05-31', amount: '10.00' }],
          },
        ],
        ...{ paid: '0.00', due: '902.50' },
      },
      comment: 'Travaux de mai.\nMerci.',
    },
    route: 'auto',
    document: { name: 'FA-2026-0001.pdf', key: 'incoming/example/FA-2026-0001.pdf', format: 'pdf' },
    attachments,
  }),
  'works.submit': about('works.submit', {
    customer: { category: 'Mairies', chorusPro: true },
    worksite: 'École Jules-Ferry',
    works: {
      document: 'A4',
      projectManager: { siret: PROJECT_MANAGER, service: 'MOE' },
      mainContractor: { siret: SUPPLIERS.agency, service: 'TRAVAUX' },
      lead: { siret: SUPPLIERS.agency, service: 'TRAVAUX' },
      answers: 'PDF-2026-0001',
      statement: {
        number: 2,
        contractAmount: '100000.00',
        workDone: { cumulative: '2900.00', amount: '900.00' },
        revision: { cumulative: '160.00', amount: '100.00', coefficient: '1.11111111' },
        advance: { granted: '100.00', repaid: '57.50' },
        earlier: [
          {
            ...{ statement: 1, number: 'PDM-2026-0001', workDone: '2000.00', revision: '60.00' },
            ...{ taxExclusive: '2060.00', taxInclusive: '2060.00' },
            deductions: [{ kind: 'retention', name: 'Retenue de garantie', amount: '103.00' }],
            due: '1957.00',
          },
        ],
      },
    },
    invoice: {
      ...{ number: 'PDM-2026-0002', type: 'invoice', issueDate: '2026-11-20', currency: 'EUR' },
      recipient: { siret: RECIPIENTS.nothingMandatory, service: 'SERVICE 1', name: 'Ville de Valbrume' },
      ...{ commitment: 'EJ-7', contract: '2026-BAT-1' },
      ...{ deliveryDate: '2026-10-31', period: { start: '2026-10-01', end: '2026-10-31' } },
      payment: { means: 'credit-transfer', iban: 'FR7630006000011234567890189', account: 'Compte principal' },
      ...{ vatRegime: 'exempt', exemptionReason: '261-4', sellerVatNumber: 'FR40303265045' },
      lines: [
        {
          ...{ number: 1, reference: 'A-1', name: 'Maçonnerie', quantity: '10', unit: 'm²', unitPrice: '100.5' },
          ...{ discount: '5.00', vatRate: '0', net: '1000.00' },
        },
      ],
      vatBreakdown: [
        { rate: '0', base: '1000.00', amount: '0.00', discount: { amount: '0.00', reason: 'remise de volume' } },
      ],
      totals: {
        ...{ taxExclusive: '1000.00', vat: '0.00', taxInclusive: '1000.00' },
        discount: { amount: '0.00', reason: 'geste commercial' },
        deductions: [
          {
            ...{ kind: 'retention', name: 'Retenue de garantie', rate: '5', base: '3060.00', previous: '103.00' },
            ...{ amount: '50.00', releaseDate: '2027-11-20' },
          },
          { kind: 'advance-repayment', name: 'Remboursement de l’avance', amount: '57.50' },
          {
            ...{ kind: 'retention', name: 'Compte prorata', amount: '-10.00' },
            releases: [{ number: 'PDM-2025-0001', issueDate: '2025-05-31', amount: '10.00' }],
          },
        ],
        ...{ paid: '0.00', due: '902.50' },
      },
      comment: 'Situation de novembre.',
    },
    document: { name: 'PDM-2026-0002.pdf', key: 'incoming/example/PDM-2026-0002.pdf', format: 'pdf' },
    attachments,
  }),
  'invoice.complete': about('invoice.complete', { comment: 'Voici le métré.', attachments }),
  'invoice.recycle': about('invoice.recycle', {
    recipient: { siret: RECIPIENTS.nothingMandatory, service: 'SERVICE 1' },
    ...{ commitment: 'EJ-7', contract: '2026-BAT-1', comment: 'Service corrigé.' },
  }),
  'invoice.acknowledge-rejection': about('invoice.acknowledge-rejection'),
  'invoice.correct-validator': about('invoice.correct-validator', { validator: { siret: SUPPLIERS.agency } }),
  'invoice.fetch': about('invoice.fetch', { format: 'pivot', withAttachments: true }),
  'invoice.status': about('invoice.status'),
  'works.complete': about('works.complete', { comment: 'Voici les attachements.', attachments }),
  'works.recycle': about('works.recycle', {
    recipient: { siret: RECIPIENTS.nothingMandatory, service: 'SERVICE 1' },
    commitment: 'EJ-7',
  }),
  'works.sign-final': about('works.sign-final', {
    account: { number: 'FA-2026-0001DG' },
    signed: { number: 'FA-2026-0001DGD', issueDate: '2026-11-22' },
    document: { name: 'dgd.pdf', key: 'incoming/example/dgd.pdf', format: 'pdf' },
  }),
  'validation.answer': {
    ...{ $schema: 'https://example.org/schema.json', type: 'validation.answer', version: 1, connection: 'example' },
    request: { subcontractor: SUPPLIERS.subcontractor, number: 'ST-2026-07', chorusProId: 3_000_000_123 },
    ...{ decision: 'refuse', reason: 'AUTRE', comment: 'Travaux non réalisés.' },
  },
};

export type Path = readonly (string | number)[];

/** Every place in a value: its fields, the items of its lists, and what is in them. */
export function placesIn(value: unknown, at: Path = []): Path[] {
  const inside: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, i) => [i, item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return inside.flatMap(([name, part]) => [[...at, name], ...placesIn(part, [...at, name])]);
}

/** A copy with another value at one place; `undefined` takes the field away. */
export function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === name ? replaced(item, rest, by) : item));
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    fields.flatMap(([key, part]: [string, unknown]): [string, unknown][] => {
      if (key !== name) return [[key, part]];
      const changed = replaced(part, rest, by);
      return changed === undefined ? [] : [[key, changed]];
    }),
  );
}

/** Whether the relay reads it as a command. */
export const isRead = (command: unknown): boolean => {
  const { kind } = readCommand(JSON.stringify(command));
  return kind === 'invoice' || kind === 'about-invoice' || kind === 'validation';
};

/** Whether a command leaves its invoice or its supplier to the file, or the VAT regime to the settings. */
export function leavesOpen(command: unknown): boolean {
  const reading = readCommand(JSON.stringify(command));
  return reading.kind === 'invoice' && !(isStated(reading.command) && reading.command.invoice.vatRegime);
}

/** Whether the relay takes it, as far as a schema can know: what is beyond it does not count. */
export async function isTaken(command: unknown): Promise<boolean> {
  if (!isRead(command)) return false;
  const { findings } = await judgeCommand(JSON.stringify(command), {
    settingsOf: () => Promise.resolve(exampleWorksSettings),
    today: '2026-12-31',
  });
  return !findings.some(
    ({ rule, at }) => isReasonCode(rule) && coverage[rule].includes('schema') && !isComputed.test(at),
  );
}
/** Where a rule that the schema has otherwise is about several fields: sums, the deductions in a comment, a key. */
const isComputed = /^invoice\.(totals\.discount|comment)$|\.key$/;
