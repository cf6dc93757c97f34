/** The events that are not about the ERP's own invoices: each with its schema and an example. */
import * as z from 'zod';
import { credentialsReminderSchema } from '../../shared/messaging/credentials-event.ts';
import { orderNotifiedSchema } from '../../shared/messaging/order-event.ts';
import { retentionDueSchema } from '../../shared/messaging/retention-event.ts';
import { validationEventSchema } from '../../shared/messaging/validation-event.ts';
import { worksDocumentSchema } from '../../shared/messaging/works-event.ts';
import {
  isValidationEventType,
  validationEvent,
  validationEventTypes,
  validationTypeOf,
} from '../../shared/validations/event.ts';
import { orderExample, reminderExample, requestExample, retentionExample } from './event-examples.ts';
import { worksDocumentExample } from './works-example.ts';

interface OtherEvent {
  type: string;
  /** Under docs/. */
  file: string;
  schema: z.ZodType;
  example: object;
  /** Whether someone must act; `perhaps`: `data.actionNeeded` says it. */
  action: boolean | 'perhaps';
  fr: string;
  en: string;
}

const reminder = credentialsReminderSchema.shape;

const { settings, request, at, particulars } = requestExample;

const validations = Object.keys(validationEventTypes)
  .filter(isValidationEventType)
  .map((type): OtherEvent => {
    const name = validationTypeOf(type);
    const { action, fr, en } = validationEventTypes[type];
    return {
      ...{ type: name, file: `schemas/events/validation.${type}.v1.json`, action, fr, en },
      schema: validationEventSchema.extend({ type: z.literal(name).describe(`What happened: ${en}`) }),
      example: validationEvent(settings, { request, turn: 1 }, { type, mark: type, ...particulars[type] }, at),
    };
  });

export const otherEvents: readonly OtherEvent[] = [
  {
    type: reminder.type.value,
    file: 'schemas/credentials.reminder.v1.json',
    schema: credentialsReminderSchema,
    example: reminderExample,
    action: reminder.data.shape.actionNeeded.value,
    fr: 'Un identifiant de la connexion est à renouveler.',
    en: 'A credential must be renewed.',
  },
  ...validations,
  {
    type: retentionDueSchema.shape.type.value,
    schema: retentionDueSchema,
    file: 'schemas/events/retention.due.v1.json',
    action: true,
    fr: 'Une retenue (de garantie, par exemple) est à libérer, ou le sera dans 30 jours.',
    en: 'A retention is to be released, or will be in 30 days.',
    example: retentionExample,
  },
  {
    type: worksDocumentSchema.shape.type.value,
    file: 'schemas/events/works.document.v1.json',
    schema: worksDocumentSchema,
    example: worksDocumentExample,
    action: 'perhaps',
    fr: 'Une pièce que le relais n’a pas déposée est dans le dossier de facturation, ou change d’état.',
    en: 'A works document that the relay did not send is in the billing file, or has a new status.',
  },
  {
    type: orderNotifiedSchema.shape.type.value,
    schema: orderNotifiedSchema,
    file: 'schemas/events/order.notified.v1.json',
    action: false,
    fr: 'L’État a notifié un bon de commande.',
    en: 'The State has notified an order.',
    example: orderExample,
  },
];
