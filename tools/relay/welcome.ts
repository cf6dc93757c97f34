/** What `npx relay local` says once it is up. A test runs its commands as they are printed. */
import type { Credentials } from '../../shared/connection/credentials.ts';
import { PRACTICE_RECIPIENTS, type PracticeCompany } from '../chorus-pro-simulator/index.ts';
import { erpVariables, type Endpoints } from '../local-cloud/endpoints.ts';
import { simulatorCredentials } from '../local-cloud/simulator.ts';

/** What there is to practise with: it exists in the simulator, and nowhere else. */
interface Practice {
  companies: readonly { siret: string; name: string }[];
  recipients: typeof PRACTICE_RECIPIENTS;
  credentials: Credentials;
}

export const practiceWith = (companies: readonly PracticeCompany[]): Practice => ({
  companies: companies.map(({ siret, name }) => ({ siret, name })),
  recipients: PRACTICE_RECIPIENTS,
  credentials: simulatorCredentials,
});

interface Welcome {
  /** The one that the examples name. */
  connection: string;
  /** Undefined with a real server. */
  practice: Practice | undefined;
}

export function welcome(endpoints: Endpoints, { connection, practice }: Welcome): string {
  const { endpoint, bucket, chorusProUrl } = endpoints;
  return `
The relay is up. AWS is at ${endpoint}, Chorus Pro at ${chorusProUrl ?? 'AIFE'}. Ctrl-C ends it and all that is in it.

Send an invoice (a sample, whose PDF is made for it, or a command of your own), and see what became of it:
  npx relay send samples/01-plain.json
  npx relay status --local

As your ERP will do it, here with the AWS CLI (2.13 or later); the programs in examples/ need the same variables:
${exportsOf(erpVariables(endpoints, connection))}
  npx relay send samples/02-vat-rates.json --print > message.json
  aws sqs send-message --queue-url $RELAY_INVOICES_QUEUE_URL --message-group-id $RELAY_CONNECTION --message-body file://message.json
  aws sqs receive-message --queue-url $RELAY_ERP_INBOX_QUEUE_URL --wait-time-seconds 20
A document may go ahead of its message, to s3://${bucket}/incoming/${connection}/. The SDK of JavaScript also needs
useQueueUrlAsEndpoint: false.

Read the statuses now rather than at the next poll:
  npx relay invoke poll-statuses
${practice ? aboutPractice(chorusProUrl ?? '', connection, practice) : ''}`;
}

const exportsOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `  export ${name}=${value}`)
    .join('\n');

const aboutPractice = (url: string, connection: string, { companies, recipients, credentials }: Practice): string => `
Let days go by, or the recipient do something; look at all that Chorus Pro has:
  npx relay clock +3d
  curl ${url}/simulator/status --json '{"invoice":"FA-2026-0101","status":"MISE_EN_PAIEMENT"}'
  curl ${url}/simulator/state

Your companies exist in the simulator:
${lines(companies.map(({ siret, name }) => [siret, name]))}
Any other valid SIRET is a public body that demands nothing and pays after 20 days. These differ ("npx relay send FILE
--recipient SIRET" tries them):
${lines(recipients.map(({ siret, does }) => [siret, does]))}
Credentials for "npx relay credentials ${connection} --local", worth nothing elsewhere:
${lines(Object.entries(credentials).map(([name, value]) => [name, value ?? '']))}
`;

const lines = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([left, right]) => `    ${left.padEnd(Math.max(...rows.map(([one]) => one.length)))}  ${right}`).join('\n');
