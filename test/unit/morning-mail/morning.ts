import { sendMorningMail, type MailReport } from '../../../functions/morning-mail/morning-mail.ts';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { dayMs } from '../../../shared/facts/fact.ts';
import { submitCommand } from '../../support/commands.ts';
import { exampleConnectionsWith, heldConnections } from '../../support/example-connection.ts';
import { InMemoryMailbox } from '../../support/in-memory-mailbox.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { relay, type Relay } from '../../support/relay.ts';

export const accounts = 'compta@duval.example';
export const boss = 'direction@duval.example';

export interface Morning {
  world: Relay;
  mailbox: InMemoryMailbox;
  telemetry: ReturnType<typeof recordedTelemetry>;
  /** One turn, now. */
  mail: () => Promise<MailReport>;
  /** Days go by, each with a poll at its begin. */
  days: (count: number) => Promise<void>;
  /** Whether a poll says now that the mail is missed. */
  isMissed: () => Promise<boolean>;
}

/** The example's connection on Monday 23 November 2026 at nine, UTC: every morning's turns come at that hour. */
export function mornings(settings: object = { morningMail: [{ to: accounts }] }): Morning {
  const telemetry = recordedTelemetry();
  const mailbox = new InMemoryMailbox();
  const world = relay({ telemetry, settings });
  const connections = heldConnections(exampleConnectionsWith(settings));
  const { ledger, now } = world;
  const dependencies = { ...{ connections, ledger, mailbox, telemetry, now }, memory: ledger };
  return {
    ...{ world, mailbox, telemetry },
    mail: () => sendMorningMail('example', dependencies),
    days: async (count) => {
      for (let i = 0; i < count; i += 1) {
        world.advance(dayMs / 60_000);
        await world.poll();
      }
    },
    isMissed: async () => {
      telemetry.measured.length = 0;
      await world.poll();
      return telemetry.measured.some(([metric]) => metric === 'MorningMailMissed');
    },
  };
}

export const submitted = async ({ world }: Morning, number: string, siret: string = RECIPIENTS.nothingMandatory) => {
  await world.submit(submitCommand({ invoice: { number, recipient: { siret } } }));
  await world.poll();
};

/** Paid a minute later, as the next poll finds out. */
export async function paid({ world }: Morning, number: string): Promise<void> {
  world.advance(1);
  world.model.setStatus(number, 'MISE_EN_PAIEMENT');
  world.advance(1);
  await world.poll();
}
