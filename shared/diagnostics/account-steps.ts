import { attachedStructures, type AttachedStructure } from '../chorus-pro/attached-structures.ts';
import type { ChorusPro } from '../chorus-pro/chorus-pro.ts';
import { orderFacts, ordersOf } from '../chorus-pro/orders.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import { failureOf, quoteOf, type Say, type StepReport } from './report.ts';
import { structuresOf } from './steps.ts';

/** What the account may do beyond ordinary invoices, and what it is attached to. */

interface AccountCheck {
  settings: ConnectionSettings;
  chorusPro: ChorusPro;
  say: Say;
}

/** Whether the API of the State's orders lets the account in: only a connection with the setting needs it. */
export async function checkOrders({ settings, chorusPro, say }: AccountCheck): Promise<StepReport[]> {
  if (!settings.orders) return [];
  const api = orderFacts.ordersApi.value;
  const outcome = await ordersOf(chorusPro.call).probe();
  if (outcome.kind === 'accepted') return [say('api', 'api-answers', {}, api)];
  if (outcome.kind === 'refused') return [say('api', 'api-refused', { said: quoteOf(outcome.refusal) }, api)];
  const { finding, parameters } = failureOf(outcome);
  return [say('api', finding, parameters, api)];
}

/**
 * Which structures and services the account is attached to. A company of the settings that is not among them is told:
 * whether it can send is for the step of its structure to say.
 */
export async function checkAttached({ settings, chorusPro, say }: AccountCheck): Promise<StepReport> {
  const outcome = await attachedStructures(chorusPro.call);
  if (outcome.kind !== 'accepted') {
    const { finding, parameters } = failureOf(outcome);
    return say('attached', finding, parameters);
  }
  const list = outcome.value.map(shown).join(', ') || '–';
  const missing = structuresOf(settings).filter(({ siret }) => !outcome.value.some((one) => one.siret === siret));
  if (missing.length === 0) return say('attached', 'attached-read', { list });
  return say('attached', 'attached-missing', { list, missing: missing.map(({ subject }) => subject).join(', ') });
}

/** `99910001900010 (VALIDEE, SERVICE_1, SERVICE_2)`, with Chorus Pro's own word for the standing. */
function shown({ siret, standing, services }: AttachedStructure): string {
  const more = [...(standing ? [standing] : []), ...services];
  return more.length > 0 ? `${siret} (${more.join(', ')})` : siret;
}
