/** What `npx relay local` says once it is up. A test runs its commands as they are printed. */
import type { Language } from '../../shared/invoice/spoken.ts';
import type { Credentials } from '../../shared/connection/credentials.ts';
import { wrapped } from '../../shared/lists/wrapped.ts';
import { PRACTICE_PROJECT_MANAGERS, PRACTICE_RECIPIENTS, type PracticeCompany } from '../chorus-pro-simulator/index.ts';
import { erpVariables, type Endpoints } from '../local-cloud/endpoints.ts';
import { localPeople } from '../local-cloud/people.ts';
import { simulatorCredentials } from '../local-cloud/simulator.ts';

/** What there is to practise with: it exists in the simulator, and nowhere else. */
interface Practice {
  companies: readonly { siret: string; name: string }[];
  recipients: typeof PRACTICE_RECIPIENTS;
  /** For connections with works contracts; else none. */
  projectManagers: typeof PRACTICE_PROJECT_MANAGERS;
  credentials: Credentials;
}

export const practiceWith = (companies: readonly PracticeCompany[], { works }: { works: boolean }): Practice => ({
  companies: companies.map(({ siret, name }) => ({ siret, name })),
  recipients: PRACTICE_RECIPIENTS,
  projectManagers: works ? PRACTICE_PROJECT_MANAGERS : [],
  credentials: simulatorCredentials,
});

interface Welcome {
  /** The examples name the first. */
  connections: readonly string[];
  /** Undefined with a real server. */
  practice: Practice | undefined;
  /** Where the addresses are for programs, and what the functions log. */
  files: { addresses: string; log: string };
  language: Language;
  /** Of the terminal. */
  width: number;
}

export function welcome(endpoints: Endpoints, { connections, practice, files, language, width }: Welcome): string {
  const [connection = '', ...others] = connections;
  const { endpoint, bucket, chorusProUrl, outputs } = endpoints;
  const say = texts[language];
  const screen = `
${say.up(endpoint, chorusProUrl ?? 'AIFE')}
${say.files(files)}

${say.desk(outputs['DeskUrl'] ?? '')}
${lines(localPeople.map(({ claims, about }) => [claims.name, about[language]]))}

${say.send}
  npx relay send samples/01-plain.json
  npx relay send samples
  npx relay status --local

${say.erp}
${exportsOf(erpVariables(endpoints, connection))}
  npx relay send samples/02-vat-rates.json --print > message.json
  aws --endpoint-url $AWS_ENDPOINT_URL sqs send-message --queue-url $RELAY_INVOICES_QUEUE_URL --message-group-id $RELAY_CONNECTION --message-body file://message.json
  aws --endpoint-url $AWS_ENDPOINT_URL sqs receive-message --queue-url $RELAY_ERP_INBOX_QUEUE_URL --wait-time-seconds 20 --max-number-of-messages 10
${aboutOthers(endpoints, others, language)}${say.documents(`s3://${bucket}/incoming/${connection}/`)}

${say.poll}
  npx relay invoke give-turns
${practice ? aboutPractice(chorusProUrl ?? '', connection, practice, language) : ''}`;
  return fitted(screen, width);
}

/** Fits a screen into a terminal: its sentences, and what stands beside a word. Commands stay whole, to be copied. */
function fitted(screen: string, width: number): string {
  // A sentence may go on in the next line of its text.
  const paragraphs = screen.replaceAll(/(?<=^\S.*)\n(?=\S)/gm, ' ').split('\n');
  return paragraphs
    .flatMap((line) => {
      const [, word = '', about = ''] = /^( {4}\S.*? {2,})(\S.*)$/.exec(line) ?? [];
      if (word === '') return line.startsWith(' ') ? [line] : wrapped(line, width);
      const [first = '', ...others] = wrapped(about, width, ' '.repeat(word.length));
      return [word + first.trimStart(), ...others];
    })
    .join('\n');
}

function aboutOthers(endpoints: Endpoints, others: readonly string[], language: Language): string {
  if (others.length === 0) return '';
  const inboxes = others.map((other) => [other, erpVariables(endpoints, other).RELAY_ERP_INBOX_QUEUE_URL] as const);
  return `${texts[language].others}\n${lines(inboxes)}\n`;
}

const exportsOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `  export ${name}=${value}`)
    .join('\n');

const aboutPractice = (url: string, connection: string, practice: Practice, language: Language): string => {
  const { companies, recipients, projectManagers, credentials } = practice;
  const say = texts[language];
  return `
${say.days}
  npx relay clock +3d
  curl ${url}/simulator/status --json '{"invoice":"FA-2026-0101","status":"MISE_EN_PAIEMENT"}'
  curl ${url}/simulator/state

${say.troubles}
  npx relay trouble
  npx relay alarms --local

${say.companies}
${lines(companies.map(({ siret, name }) => [siret, name]))}
${say.recipients}
${lines(recipients.map(({ siret, does }) => [siret, does[language]]))}
${projectManagers.length > 0 ? `${say.works}\n${lines(projectManagers.map(({ siret, does }) => [siret, does[language]]))}\n` : ''}${say.credentials(connection)}
${lines(Object.entries(credentials).map(([name, value]) => [name, value ?? '']))}
`;
};

/** What stands between the commands, which are the same in every language. */
const texts = {
  fr: {
    up: (aws: string, chorusPro: string) =>
      `Le relais est en marche. AWS est à l’adresse ${aws}, Chorus Pro : ${chorusPro}. Ctrl-C l’arrête et efface tout.`,
    files: ({ addresses, log }: Welcome['files']) =>
      `Les adresses sont aussi dans ${addresses}, le journal des fonctions dans ${log}. Avec « --port N », AWS garde son port d’une fois à l’autre.`,
    desk: (url: string) => `Le bureau (docs/fr/le-bureau.md) est à l’adresse ${url}/ ; connectez-vous en tant que :`,
    send: `Il ne contient encore aucune facture. Envoyez-en une (un exemple, dont le PDF est créé à cette occasion, ou votre
propre commande) ou tous les exemples, et voyez ce qu’elles deviennent :`,
    erp: 'Comme le fera votre ERP, ici avec l’AWS CLI ; les programmes du dossier examples/ demandent les mêmes variables :',
    others: 'Les autres connexions, pour RELAY_CONNECTION, et leurs boîtes, pour RELAY_ERP_INBOX_QUEUE_URL :',
    documents: (
      prefix: string,
    ) => `Un document peut précéder son message, sous ${prefix}. Le SDK de JavaScript demande en outre un
réglage (useQueueUrlAsEndpoint = false).`,
    poll: 'Lisez les états tout de suite, sans attendre la prochaine lecture :',
    days: 'Laissez passer des jours, ou faites agir le destinataire ; regardez tout ce que Chorus Pro contient :',
    troubles: 'Provoquez une panne (docs/fr/procedures/exercices.md), et voyez quelles alarmes sonnent :',
    companies: 'Vos sociétés existent dans le simulateur :',
    recipients: `Tout autre SIRET valide est un organisme public qui n’exige rien et paie après 20 jours. Ceux-ci font exception
(« npx relay send FICHIER --recipient SIRET » permet de les essayer) :`,
    works: `Marchés de travaux (samples/26-works-statement-1.json) : tout autre maître d’œuvre répond après 5 à 10 jours. Ceux-ci
font exception (« works.projectManager.siret » les désigne) :`,
    credentials: (connection: string) =>
      `Identifiants pour « npx relay credentials ${connection} --local », sans valeur ailleurs :`,
  },
  en: {
    up: (aws: string, chorusPro: string) =>
      `The relay is up. AWS is at ${aws}, Chorus Pro at ${chorusPro}. Ctrl-C ends it and all that is in it.`,
    files: ({ addresses, log }: Welcome['files']) =>
      `The addresses are in ${addresses} too, what the functions log in ${log}. With "--port N" AWS has the same port each time.`,
    desk: (url: string) => `The desk (docs/desk.md) is at ${url}/, where you may be:`,
    send: `It has no invoice yet. Send one (a sample, whose PDF is made for it, or a command of your own) or all samples, and see
what becomes of them:`,
    erp: 'As your ERP will do it, here with the AWS CLI; the programs in examples/ need the same variables:',
    others: 'The other connections, for RELAY_CONNECTION, and their inboxes, for RELAY_ERP_INBOX_QUEUE_URL:',
    documents: (
      prefix: string,
    ) => `A document may go ahead of its message, to ${prefix}. The SDK of JavaScript also needs
useQueueUrlAsEndpoint: false.`,
    poll: 'Read the statuses now rather than at the next poll:',
    days: 'Let days go by, or the recipient do something; look at all that Chorus Pro has:',
    troubles: 'Make something go wrong (docs/runbooks/practise.md), and see which alarms ring:',
    companies: 'Your companies exist in the simulator:',
    recipients: `Any other valid SIRET is a public body that demands nothing and pays after 20 days. These differ ("npx relay send FILE
--recipient SIRET" tries them):`,
    works: `Works contracts (samples/26-works-statement-1.json): any other project manager answers after 5 to 10 days. These
differ (named by "works.projectManager.siret"):`,
    credentials: (connection: string) =>
      `Credentials for "npx relay credentials ${connection} --local", worth nothing elsewhere:`,
  },
} as const satisfies Record<Language, object>;

const lines = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([left, right]) => `    ${left.padEnd(Math.max(...rows.map(([one]) => one.length)))}  ${right}`).join('\n');
