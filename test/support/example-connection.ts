import type { Connections } from '../../shared/connection/connections.ts';
import { settingsIn } from '../../shared/connection/stored-connections.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';
import { letterhead } from './random-invoices.ts';

const company = {
  name: 'Constructions Duval',
  siret: SUPPLIERS.company,
  agencies: [{ name: 'Caen', siret: SUPPLIERS.agency }],
};
const settings = { name: 'example', label: 'Example', environment: 'qualification', companies: [company] };

/** By name. */
export type Settings = ReadonlyMap<string, ConnectionSettings>;

/** The settings of connections, as functions read them from their files. */
export const settingsOf = (...files: readonly ({ name: string } & Record<string, unknown>)[]): Settings =>
  new Map(files.map(({ name, ...given }) => [name, settingsIn(name, { settings: given })]));

/** The example's connection with other settings. */
export const exampleConnectionsWith = (changes: object = {}): Settings => settingsOf({ ...settings, ...changes });

/** Connections that a test may change, without a table. */
export const heldConnections = (held: Settings): Connections => ({
  get: (name) => Promise.resolve(held.get(name)),
  roster: () =>
    Promise.resolve(
      [...held.values()].map(({ name, pollingIntervalMinutes, desk }) => ({
        ...{ name, version: 1, state: 'connected', pollingIntervalMinutes, desk },
        ...{ orders: false, mail: false, hasOwnInbox: false },
      })),
    ),
  hasOwnInbox: () => Promise.resolve(false),
});

export const exampleConnections = exampleConnectionsWith();

function onlyOf(connections: Settings): ConnectionSettings {
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
