import { invoiceKey, type RecordView } from '../../../shared/ledger/record.ts';
import { PROJECT_MANAGERS, RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { tinyPdf } from '../../support/commands.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';

export const day = 24 * 60;

interface Works extends RelayOptions {
  environment?: 'production' | 'qualification';
  answers?: 'off' | 'inferred';
}

export const worksSettings = ({ environment = 'production', answers = 'inferred' }: Works) =>
  exampleConnectionsWith({ environment, works: { answers }, companies: [company] });

/** What a document that the relay makes must say of its supplier. */
const company = {
  name: 'Constructions Duval',
  siret: SUPPLIERS.company,
  legalName: 'Constructions Duval SAS',
  address: { lines: ['1 rue du Port'], postcode: '14000', city: 'Caen' },
  vatNumber: 'FR40303265045',
};

export function worksRelay({ environment = 'production', answers, ...options }: Works = {}): Relay {
  const { model, connections = worksSettings({ environment, ...(answers ? { answers } : {}) }), ...rest } = options;
  return relay({ connections, model: { qualification: environment === 'qualification', ...model }, ...rest });
}

/** The first monthly draft of a contract, or its final draft: 1,000.00 + 20 % = 1,200.00. */
export const worksCommand = (
  number: string,
  {
    document = 'A4',
    manager = PROJECT_MANAGERS.answers,
    more = {},
  }: { document?: string; manager?: string; more?: object } = {},
) => ({
  type: 'works.submit',
  version: 1,
  connection: 'example',
  supplier: { company: 'Constructions Duval' },
  works: {
    document,
    projectManager: { siret: manager },
    statement: { number: 1, workDone: { cumulative: '1000.00', amount: '1000.00' } },
  },
  invoice: {
    number,
    type: 'invoice',
    issueDate: '2026-11-20',
    recipient: { siret: RECIPIENTS.nothingMandatory },
    contract: '2026-TVX-1',
    payment: { means: 'credit-transfer', iban: 'FR7630006000011234567890189' },
    vatRegime: 'on-debits',
    vatBreakdown: [{ rate: '20', base: '1000.00', amount: '200.00' }],
    totals: { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1200.00' },
    ...more,
  },
  document: { name: `${number}.pdf`, content: tinyPdf },
});

/** Polls twice a day. */
export async function pollFor(world: Relay, days: number): Promise<void> {
  for (let half = 0; half < days * 2; half += 1) {
    world.advance(day / 2);
    await world.poll();
  }
}

export async function worksRecord(
  world: Relay,
  number: string,
  environment: 'production' | 'qualification' = 'production',
): Promise<RecordView | undefined> {
  return world.ledger.get(invoiceKey({ environment, supplier: SUPPLIERS.company, number }));
}

export const answer = (type: string, number: string, more: object = {}) => ({
  type,
  version: 1,
  connection: 'example',
  supplier: { company: 'Constructions Duval' },
  invoice: { number },
  ...more,
});
