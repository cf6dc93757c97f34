import * as z from 'zod';
import type { ConnectionSettings } from '../../shared/connection/settings.ts';
import { mailSubject, type OperationsMessage } from '../../shared/messaging/senders.ts';
import { dayOf } from './expiry.ts';
import type { RemindDependencies } from './reminder.ts';

/** Credentials with which nothing can be sent or read: none are stored, or the platform refuses them. */
export type Unusable = 'missing' | 'refused';

const saidSchema = z.object({ day: z.iso.date() });

/**
 * Tells a connection's people once a day for as long as it lasts. The alarm that rang at once is heard by the operators
 * alone: it is shared by all connections.
 */
export async function tellUnusable(
  connection: ConnectionSettings,
  why: Unusable,
  { memory, tell, now }: Pick<RemindDependencies, 'memory' | 'tell' | 'now'>,
): Promise<void> {
  const name = `unusable#${connection.name}`;
  const day = dayOf(now());
  if (saidSchema.safeParse(await memory.recall(name)).data?.day === day) return;
  await tell(connection.name, messageOf(connection, why));
  await memory.remember(name, { day });
}

const wordings = {
  missing: {
    short: { fr: 'identifiants absents', en: 'no credentials' },
    fr: 'aucun identifiant n’est enregistré. Rien n’est envoyé ni lu ; les factures attendent.',
    en: 'no credentials are stored. Nothing is sent or read; invoices wait.',
  },
  refused: {
    short: { fr: 'identifiants refusés', en: 'credentials refused' },
    fr: 'PISTE ou Chorus Pro refuse les identifiants. Rien n’est envoyé ni lu ; les factures attendent. Vérifiez que le mot de passe du compte technique et le secret client PISTE sont toujours valables.',
    en: 'PISTE or Chorus Pro refuses the credentials. Nothing is sent or read; invoices wait. Check that the technical account’s password and the PISTE client secret are still valid.',
  },
} as const satisfies Record<Unusable, object>;

function messageOf({ name, label }: ConnectionSettings, why: Unusable): OperationsMessage {
  const { short, fr, en } = wordings[why];
  return {
    subject: mailSubject(name, short),
    text: `Connexion ${label} : ${fr}
1. Lancez « npx relay credentials ${name} » : le relais essaie les nouvelles valeurs, et ne les emploie que si elles sont acceptées.

Connection ${label}: ${en}
1. Run "npx relay credentials ${name}": the relay tries the new values, and uses them only if they are accepted.
`,
  };
}
