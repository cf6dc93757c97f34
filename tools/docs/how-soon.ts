/** How long it takes until the relay tells a status: from the timings that the code goes by. */
import { connectionSettingsSchema } from '../../shared/connection/settings.ts';
import { validationsSchema } from '../../shared/connection/validation-settings.ts';
import type { Timing } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import type { Language } from '../../shared/invoice/spoken.ts';
import { paragraph, table } from './markdown.ts';

const units: Readonly<Record<Language, Partial<Record<Timing['unit'], [string, string]>>>> = {
  en: { minutes: ['minute', 'minutes'], hours: ['hour', 'hours'], days: ['day', 'days'] },
  fr: { minutes: ['minute', 'minutes'], hours: ['heure', 'heures'], days: ['jour', 'jours'] },
};

/** « 6 heures » */
function spoken({ amount, unit }: Pick<Timing, 'amount' | 'unit'>, language: Language): string {
  const [one = unit, many = unit] = units[language][unit] ?? [];
  return `${amount} ${amount < 2 ? one : many}`;
}

const minutes = (amount: number) => ({ amount, unit: 'minutes' as const });
const interval = minutes(connectionSettingsSchema.shape.pollingIntervalMinutes.parse(undefined));
const ofRequests = minutes(validationsSchema.shape.pollingIntervalMinutes.parse(undefined));
const { pollOverlap, secondReadingReach, secondReadingInterval, silentInvoice, quietAfter, quietPoll } = timings;

const rows: Readonly<Record<Language, (say: (span: Pick<Timing, 'amount' | 'unit'>) => string) => string[][]>> = {
  en: (say) => [
    [
      `Chorus Pro’s search shows a new status, at most ${say(pollOverlap)} late`,
      `${say(interval)} (\`pollingIntervalMinutes\`)`,
    ],
    [`it shows it later, at most ${say(secondReadingReach)} late`, `${say(secondReadingInterval)} after it is shown`],
    [
      'it never shows it',
      `${say(silentInvoice)} after the last news of the invoice, which is then looked up by itself`,
    ],
    [
      `the connection has had no open invoice for ${say(quietAfter)}`,
      `${say(quietPoll)}; after the next deposit as above`,
    ],
    ['a subcontractor asks for a validation', `${say(ofRequests)} (\`validations.pollingIntervalMinutes\`)`],
    ['the ERP sends `invoice.status`', 'at once'],
  ],
  fr: (say) => [
    [
      `la recherche de Chorus Pro montre un nouvel état, avec ${say(pollOverlap)} de retard au plus`,
      `${say(interval)} (\`pollingIntervalMinutes\`)`,
    ],
    [
      `elle le montre plus tard, avec ${say(secondReadingReach)} de retard au plus`,
      `${say(secondReadingInterval)} après qu’elle le montre`,
    ],
    [
      'elle ne le montre jamais',
      `${say(silentInvoice)} après la dernière nouvelle de la facture, qui est alors consultée seule`,
    ],
    [
      `la connexion n’a plus de facture ouverte depuis ${say(quietAfter)}`,
      `${say(quietPoll)} ; dès le dépôt suivant, comme ci-dessus`,
    ],
    ['un sous-traitant demande une validation', `${say(ofRequests)} (\`validations.pollingIntervalMinutes\`)`],
    ['l’ERP envoie `invoice.status`', 'aussitôt'],
  ],
};

const texts = {
  en: {
    title: 'How long until a status arrives',
    heads: ['what happens', 'the relay tells it within'],
    below:
      'How long Chorus Pro takes until its search shows a status, no source says. While it is closed, nothing arrives; once it is open again, everything does.',
  },
  fr: {
    title: 'Combien de temps met un état à arriver',
    heads: ['ce qui se passe', 'le relais l’annonce en'],
    below:
      'Combien de temps met Chorus Pro à montrer un état dans sa recherche, aucune source ne le dit. Tant qu’il est fermé, rien n’arrive ; à sa réouverture, tout arrive.',
  },
} as const satisfies Record<Language, object>;

export const howSoon = (language: Language): string => {
  const { title, heads, below } = texts[language];
  return `## ${title}\n\n${table(
    heads,
    rows[language]((span) => spoken(span, language)),
  )}\n\n${paragraph(below)}\n`;
};
