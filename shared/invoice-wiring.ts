import { DynamoDbLedger } from './ledger/dynamodb-ledger.ts';
import { placeOf } from './lists/places.ts';
import { type RelayEnvironment, type RelayWiring, wireRelay } from './wiring.ts';

interface InvoiceWiring extends RelayWiring {
  ledger: DynamoDbLedger;
}

/** What the functions that move invoices need in addition: the records. The others do not load what that takes. */
export function wireInvoices(environment: RelayEnvironment, runtime: NodeJS.ProcessEnv): InvoiceWiring {
  const wiring = wireRelay(environment, runtime);
  const { memory, now } = wiring;
  return { ...wiring, ledger: new DynamoDbLedger({ ...memory.at, now, placeOf }) };
}
