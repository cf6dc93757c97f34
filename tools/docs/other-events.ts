/** The events that are about no invoice of the relay's own: for the schemas, the pages and the AsyncAPI document. */
import type * as z from 'zod';
import { type CredentialsReminder, credentialsReminderSchema } from '../../shared/messaging/credentials-event.ts';
import { type WorksDocumentEvent, worksDocumentSchema } from '../../shared/messaging/works-event.ts';

interface OtherEvent {
  type: string;
  schema: z.ZodType;
  /** Of its JSON Schema, in docs/. */
  file: string;
  /** Whether someone must act; `perhaps`: `data.actionNeeded` says it. */
  action: boolean | 'perhaps';
  fr: string;
  en: string;
  example: object;
}

const at = '2026-11-23T08:00:00.000Z';

const reminder: CredentialsReminder = {
  specversion: '1.0',
  id: 'credentials#example#piste-secret#2026-12-07#14',
  source: 'chorus-relay/example',
  type: 'chorus-relay.credentials.reminder.v1',
  subject: 'example/-/piste-secret',
  time: at,
  datacontenttype: 'application/json',
  data: {
    connection: 'example',
    environment: 'qualification',
    credential: 'piste-secret',
    due: '2026-12-07',
    daysLeft: 14,
    actionNeeded: true,
    message: {
      fr: 'Le secret client PISTE de la connexion « example » est à renouveler avant le 7 décembre 2026.',
      en: 'The PISTE client secret of the connection "example" should be renewed by 2026-12-07.',
    },
  },
};

const general: WorksDocumentEvent = {
  specversion: '1.0',
  id: 'works#example#production#3000000451#A_ASSOCIER_FOURNISSEUR#2026-11-23T07:40:00.000Z',
  source: 'chorus-relay/example',
  type: 'chorus-relay.works.document.v1',
  subject: 'example/-/works 3000000451',
  time: at,
  datacontenttype: 'application/json',
  data: {
    connection: 'example',
    environment: 'production',
    supplier: '99910000100015',
    document: {
      chorusProId: 3_000_000_451,
      number: '2026-PDF-DG',
      framework: 'A20',
      kind: 'general-statement',
      by: 'works-owner',
      issueDate: '2026-11-20',
      amounts: { taxExclusive: '250000.00', taxInclusive: '300000.00', due: '15000.00' },
    },
    status: {
      code: 'A_ASSOCIER_FOURNISSEUR',
      at: '2026-11-23T07:40:00.000Z',
      fr: 'Le titulaire doit y répondre par sa propre pièce',
      en: 'The main contractor must answer it with his own document',
      answer: 'works.sign-final',
    },
    next: { actor: 'main-contractor', until: '2026-12-23' },
    billingFile: { id: 31, number: 'DF-31' },
    preceding: { chorusProId: 3_000_000_450, number: '2026-PDF-DGM', framework: 'A18' },
    contract: '2026-TVX-1',
    recipient: '12345678200051',
    projectManager: '99910009000012',
    worksOwner: '12345678200051',
    actionNeeded: true,
    message: {
      fr: 'Dossier de facturation : décompte général n° 2026-PDF-DG (A20), par le maître d’ouvrage. Le titulaire doit y répondre par sa propre pièce. Prochain intervenant : le titulaire, jusqu’au 23 décembre 2026.',
      en: 'Billing file: general statement 2026-PDF-DG (A20), by the works owner. The main contractor must answer it with his own document. Next to act: the main contractor, until 2026-12-23.',
    },
  },
};

export const otherEvents: readonly OtherEvent[] = [
  {
    type: credentialsReminderSchema.shape.type.value,
    schema: credentialsReminderSchema,
    file: 'schemas/credentials.reminder.v1.json',
    action: true,
    fr: 'Un identifiant de la connexion est à renouveler.',
    en: 'A credential must be renewed.',
    example: reminder,
  },
  {
    type: worksDocumentSchema.shape.type.value,
    schema: worksDocumentSchema,
    file: 'schemas/events/works.document.v1.json',
    action: 'perhaps',
    fr: 'Une pièce que le relais n’a pas déposée est dans le dossier de facturation, ou change d’état.',
    en: 'A works document that the relay did not send is in the billing file, or has a new status.',
    example: general,
  },
];
