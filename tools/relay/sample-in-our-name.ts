/** A sample as `npx relay send` and `npx relay validate` take it: in the name of a connection that there is. */
import { dirname } from 'node:path';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import { supplierOf } from '../../shared/connection/apply-settings.ts';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { WrongUsage } from '../command-line/command.ts';
import { readSamples, type InvoiceSample, type Sample } from '../demo/sample.ts';
import { settingsOf } from './targets.ts';

export interface SampleChanges {
  connection?: string | undefined;
  number?: string | undefined;
  recipient?: string | undefined;
}

/** Another recipient has other services: none is kept. */
export const withChanges = <Invoice extends object>(invoice: Invoice, { number, recipient }: SampleChanges) => ({
  ...invoice,
  ...(number === undefined ? {} : { number }),
  ...(recipient === undefined ? {} : { recipient: { siret: recipient } }),
});

/** Of the connection that it names, or else of the first one that there is. */
export function settingsForSample(
  { command: { connection: own } }: InvoiceSample,
  { connection }: SampleChanges = {},
): Promise<ConnectionSettings> {
  const { connections } = deploymentFrom(projectContext());
  const known = connections.includes(own) ? own : (connections[0] ?? own);
  return settingsOf(connection ?? known);
}

/** For this connection, and its first company if it does not have the sample's. */
export function inTheNameOf(
  settings: ConnectionSettings,
  sample: InvoiceSample,
  changes: SampleChanges = {},
): InvoiceSample {
  const { command: given } = sample;
  const [first] = settings.companies;
  const supplier = first && 'reason' in supplierOf(settings, given.supplier) ? { company: first.name } : given.supplier;
  const invoice = withChanges(given.invoice, changes);
  return { ...sample, command: { ...given, connection: settings.name, supplier, invoice } };
}

/** @throws WrongUsage if the sample that it repeats, in the same folder, is none of an invoice */
export function repeatedBy({ repeats }: Extract<Sample, { repeats: string }>, file: string): InvoiceSample {
  const original = readSamples(dirname(file)).find(({ name }) => name === repeats);
  if (original && 'command' in original) return original;
  throw new WrongUsage({
    fr: `${file} répète ${repeats}, qui n’est pas une facture`,
    en: `${file} repeats ${repeats}, which is no invoice`,
  });
}
