import * as z from 'zod';
import type { Credentials } from '../../shared/connection/credentials.ts';
import type { Questions } from './ask-hidden.ts';
import type { Language } from './command-line.ts';

/** What is asked, in order, and where whoever is asked finds it. */
const asked = {
  pisteClientId: {
    fr: 'PISTE, « Identifiants Oauth », Client ID : ',
    en: 'PISTE, "Identifiants Oauth", Client ID: ',
  },
  pisteClientSecret: {
    fr: 'PISTE, « Identifiants Oauth », Client Secret : ',
    en: 'PISTE, "Identifiants Oauth", Client Secret: ',
  },
  technicalLogin: {
    fr: 'Chorus Pro, compte technique, identifiant (TECH_…) : ',
    en: 'Chorus Pro, technical account, login (TECH_…): ',
  },
  technicalPassword: {
    fr: 'Chorus Pro, compte technique, mot de passe : ',
    en: 'Chorus Pro, technical account, password: ',
  },
} as const satisfies Partial<Record<keyof Credentials, Record<Language, string>>>;

const created = {
  fr: 'Le Client Secret a été créé le (AAAA-MM-JJ) [{today}] : ',
  en: 'The Client Secret was made on (YYYY-MM-DD) [{today}]: ',
} as const;

const daySchema = z.iso.date();
const startOf = (day: string): string => `${day}T00:00:00Z`;

/** Asks until there is an answer: an empty one is none. */
async function insist(ask: () => Promise<string>, fits: (answer: string) => boolean): Promise<string> {
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
  }
}

/** The four values without echo, and the day from which the client secret's age counts. */
export async function askCredentials(
  questions: Questions,
  { language, today }: { language: Language; today: string },
): Promise<Credentials> {
  const hidden = (name: keyof typeof asked) =>
    insist(
      () => questions.hidden(asked[name][language]),
      (answer) => answer !== '',
    );
  const credentials = {
    pisteClientId: await hidden('pisteClientId'),
    pisteClientSecret: await hidden('pisteClientSecret'),
    technicalLogin: await hidden('technicalLogin'),
    technicalPassword: await hidden('technicalPassword'),
  };
  const day = await insist(
    async () => (await questions.shown(created[language].replace('{today}', today))) || today,
    (answer) => daySchema.safeParse(answer).success && answer <= today,
  );
  return { ...credentials, pisteSecretCreatedAt: startOf(day) };
}
