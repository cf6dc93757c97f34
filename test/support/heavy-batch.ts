import { setTimeout as wait } from 'node:timers/promises';
import { processMessage } from '../../functions/submit-invoice/process-message.ts';
import { s3Access } from '../../shared/aws/runtime.ts';
import { accessTo } from '../../shared/chorus-pro/chorus-pro.ts';
import { nodeTransport } from '../../shared/chorus-pro/transport.ts';
import { s3DocumentStore } from '../../shared/documents/document-store.ts';
import { MemoryBudget } from '../../shared/documents/memory-budget.ts';
import { submitCommand } from './commands.ts';
import { exampleConnections, heldConnections } from './example-connection.ts';
import { InMemoryLedger } from './in-memory-ledger.ts';
import { exampleCredentials } from './relay.ts';
import { silentTelemetry } from './silent-telemetry.ts';

/**
 * A process of its own, whose memory is measured: it handles a batch of dossiers like `submit-invoice`, with S3 and
 * Chorus Pro at an address. It says how each message ended, and the most memory that the process had.
 */
const [url = '', dossiers = '5', papers = '12'] = process.argv.slice(2);
const now = () => new Date();
const ledger = new InMemoryLedger(now);
const environment = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'eu-west-3' };
const shared = { ledger, telemetry: silentTelemetry, now };
const documents = s3DocumentStore({ ...s3Access('documents', environment), url: `${url}/documents` });
const access = accessTo({
  ...shared,
  connections: heldConnections(exampleConnections),
  credentials: exampleCredentials,
  transport: nodeTransport,
  memory: ledger,
  wait,
  urls: { CHORUS_PRO_URL: url, PISTE_TOKEN_URL: `${url}/api/oauth/token` },
});
const dependencies = {
  ...{ ...shared, documents, access },
  publish: () => Promise.resolve(),
  publishValidation: () => Promise.resolve(),
  send: () => Promise.resolve(),
};
const budget = new MemoryBudget();
const endsAt = Date.now() + 120_000;
const deadline = { remainingMs: () => endsAt - Date.now() };
const ended = await Promise.all(
  Array.from({ length: Number(dossiers) }, (_, dossier) => {
    const attachments = Array.from({ length: Number(papers) - 1 }, (__, i) => ({
      name: `annexe-${i}.pdf`,
      key: `incoming/example/${dossier}-${i}.pdf`,
    }));
    const document = { name: 'facture.pdf', key: `incoming/example/${dossier}.pdf` };
    const command = submitCommand({ invoice: { number: `F-${dossier}` }, command: { document, attachments } });
    const message = {
      ...{ messageId: `message-${dossier}`, body: JSON.stringify(command), senderId: 'AIDAERP' },
      ...{ sentAt: now(), redelivered: false },
    };
    return budget.within(documents, deadline, (own) =>
      processMessage(message, { ...dependencies, documents: own }, deadline),
    );
  }),
);
const states = ledger.records().map(({ state, reasons = [] }) => [state, ...reasons.map(({ code }) => code)].join(' '));
console.log(JSON.stringify({ ended, states, megabytes: process.resourceUsage().maxRSS / 1_024 }));
