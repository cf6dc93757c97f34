import { readConnections, type Connections, type ConnectionSettings } from '../../shared/connection/settings.ts';
import { SUPPLIERS } from '../../tools/chorus-pro-simulator/index.ts';

const settings = {
  name: 'example',
  label: 'Example',
  environment: 'qualification',
  companies: [
    {
      name: 'Constructions Duval',
      siret: SUPPLIERS.company,
      agencies: [{ name: 'Caen', siret: SUPPLIERS.agency }],
    },
  ],
};

/** The example's connection with other settings, as a deployment would read it. */
export const exampleConnectionsWith = (changes: object = {}): Connections =>
  readConnections(JSON.stringify([{ ...settings, ...changes }]));

export const exampleConnections = exampleConnectionsWith();

const [only] = exampleConnections.values();
if (!only) throw new Error('the example has one connection');
export const exampleSettings: ConnectionSettings = only;
