/** A connection's credentials as an operator gives them: environment variables, a file, or the keyboard. */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { readCredentials, type Credentials } from '../../shared/connection/credentials.ts';
import { Failure } from '../command-line/command.ts';

const variables = {
  pisteClientId: 'PISTE_CLIENT_ID',
  pisteClientSecret: 'PISTE_CLIENT_SECRET',
  technicalLogin: 'CHORUS_PRO_LOGIN',
  technicalPassword: 'CHORUS_PRO_PASSWORD',
} as const satisfies Partial<Record<keyof Credentials, string>>;

export const credentialVariables: readonly string[] = Object.values(variables);

/** The credentials in environment variables, or the names of those that are not set. */
export function credentialsIn(environment: NodeJS.ProcessEnv): { credentials?: Credentials; missing: string[] } {
  const missing = credentialVariables.filter((name) => !environment[name]?.trim());
  if (missing.length > 0) return { missing };
  const value = (name: keyof typeof variables): string => environment[variables[name]]?.trim() ?? '';
  const credentials = {
    pisteClientId: value('pisteClientId'),
    pisteClientSecret: value('pisteClientSecret'),
    technicalLogin: value('technicalLogin'),
    technicalPassword: value('technicalPassword'),
  };
  return { credentials, missing };
}

/**
 * The JSON that a secret holds, from a file or from standard input (`-`).
 * @throws Failure that quotes nothing from it
 */
export async function credentialsFromFile(file: string): Promise<Credentials> {
  const read = file === '-' ? buffer(process.stdin) : readFile(file);
  const content = await read.catch(() => undefined);
  if (content === undefined) throw new Failure(cannotRead(file));
  const credentials = readCredentials(decode(content));
  if (credentials) return credentials;
  const expected = Object.keys(variables).join(', ');
  throw new Failure({
    fr: `${file === '-' ? 'l’entrée standard' : file} n’est pas le JSON attendu : ${expected}`,
    en: `${file === '-' ? 'standard input' : file} is not the JSON expected: ${expected}`,
  });
}

/** The file that a person named. */
export const cannotRead = (file: string): Said => ({ fr: `impossible de lire ${file}`, en: `cannot read ${file}` });

/** PowerShell writes UTF-16 when it redirects output into a file. */
const decode = (content: Buffer): string =>
  new TextDecoder(content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(content);

export interface Terminal {
  input: NodeJS.ReadableStream;
  /** Questions go here: standard output is for the command's result. */
  output: NodeJS.WritableStream;
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

const interrupted = {
  fr: 'Interrompu : rien n’a été enregistré.',
  en: 'Interrupted: nothing was stored.',
} as const satisfies Record<Language, string>;

/** Asks one question after another, with or without echo. @throws Failure at Ctrl-C and at the end of the input */
export class Questions {
  private readonly terminal: Terminal;
  readonly language: Language;

  constructor(terminal: Terminal, language: Language) {
    this.terminal = terminal;
    this.language = language;
  }

  /** The question is written first, because readline prints it to its echo, which is switched off. */
  hidden(question: string): Promise<string> {
    this.terminal.output.write(question);
    return this.ask('', nowhere());
  }

  shown(question: string): Promise<string> {
    return this.ask(question, this.terminal.output);
  }

  private async ask(question: string, echo: NodeJS.WritableStream): Promise<string> {
    const { input, output } = this.terminal;
    const reading = createInterface({ input, output: echo, terminal: true });
    try {
      const { promise, reject } = Promise.withResolvers<never>();
      const stop = () => reject(new Failure(interrupted));
      reading.once('SIGINT', stop).once('close', stop);
      const typed = await Promise.race([reading.question(question), promise]);
      return typed.trim();
    } finally {
      reading.removeAllListeners('close');
      reading.close();
      output.write('\n');
    }
  }
}

/** The questions, in order, and where to find each value. */
const prompts = {
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
} as const satisfies Record<keyof typeof variables, Record<Language, string>>;

const created = {
  fr: 'Date de création du Client Secret (AAAA-MM-JJ) [Entrée : aujourd’hui, ou la date connue s’il n’a pas changé] : ',
  en: 'The Client Secret was made on (YYYY-MM-DD) [Enter: today, or the date kept if it has not changed]: ',
} as const;

const daySchema = z.iso.date();
const startOf = (day: string): string => `${day}T00:00:00Z`;

/** Asks again until the input is valid. */
async function insist(ask: () => Promise<string>, isValid: (typed: string) => boolean): Promise<string> {
  for (;;) {
    const typed = await ask();
    if (isValid(typed)) return typed;
  }
}

/**
 * The four values without echo, and the day from which the client secret's age counts. Without a day the rotation dates
 * it, since it alone knows whether the secret has changed: what an operator may not read, nobody needs to read here.
 */
export async function askCredentials(questions: Questions, today: string): Promise<Credentials> {
  const { language } = questions;
  const hidden = (name: keyof typeof prompts) =>
    insist(
      () => questions.hidden(prompts[name][language]),
      (typed) => typed !== '',
    );
  const credentials = {
    pisteClientId: await hidden('pisteClientId'),
    pisteClientSecret: await hidden('pisteClientSecret'),
    technicalLogin: await hidden('technicalLogin'),
    technicalPassword: await hidden('technicalPassword'),
  };
  const day = await insist(
    () => questions.shown(created[language]),
    (typed) => typed === '' || (daySchema.safeParse(typed).success && typed <= today),
  );
  return day === '' ? credentials : { ...credentials, pisteSecretCreatedAt: startOf(day) };
}
