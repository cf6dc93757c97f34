import { readConnections, type Connections, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { letterhead } from './random-invoices.ts';

const company = {
  name: 'Constructions Duval',
  siret: SUPPLIERS.company,
  agencies: [{ name: 'Caen', siret: SUPPLIERS.agency }],
};
const settings = { name: 'example', label: 'Example', environment: 'qualification', companies: [company] };

/** The example's connection with other settings, as a deployment would read it. */
export const exampleConnectionsWith = (changes: object = {}): Connections =>
  readConnections(JSON.stringify([{ ...settings, ...changes }]));

export const exampleConnections = exampleConnectionsWith();

function onlyOf(connections: Connections): ConnectionSettings {
  const [only] = connections.values();
  if (!only) throw new Error('the example has one connection');
  return only;
}
export const exampleSettings = onlyOf(exampleConnections);

/** With works contracts, and what a works document that the relay makes says of its supplier. */
export const exampleWorksSettings = onlyOf(
  exampleConnectionsWith({
    companies: [{ ...company, ...letterhead }],
    ...{ paymentTerms: { others: 'state-or-local' }, works: {} },
  }),
);
