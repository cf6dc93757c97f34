/** docs/works.md and docs/fr/les-travaux.md: the billing file of a works contract, from the tables of shared/works/. */
import { worksStages } from '../../shared/chorus-pro/works-stages.ts';
import type { Timing } from '../../shared/facts/fact.ts';
import { timings } from '../../shared/facts/timings.ts';
import { kinds, worksDocuments, type Kind, type WorksDocument } from '../../shared/works/documents.ts';
import { actors, parties } from '../../shared/works/parties.ts';
import { stageOf, stages, type StageName } from '../../shared/works/stages.ts';
import { code, generatedNotice, table } from './markdown.ts';

type Language = 'fr' | 'en';

const notice = generatedNotice('shared/works/', 'shared/chorus-pro/works-stages.ts', 'shared/facts/timings.ts');

/** docs/works.md */
export const worksPage = (): string => `${notice}
# Works contracts: the billing file

En français : [fr/les-travaux.md](fr/les-travaux.md).

In a works contract (CCAG Travaux) a builder sends no invoices but works documents: a monthly draft each month, and a
final draft at the end. The project manager and the works owner answer with documents of their own, in the same billing
file. The codes are the frameworks (cadres de facturation) of Chorus Pro. What the relay sends:
[\`works.submit\`](commands.md#workssubmit).

## The chain

An arrow leads from a document to those that may answer it. The colours tell who deposits a document.

${chain('en')}

## The documents

"Looks at it first" is the one party that a deposited file names beside the supplier and the recipient.

${documentsTable('en')}

## Who acts next

The days count from the day on which the document came to this stage. For the payment, the legal term of the recipient
holds: [payment terms](payment-terms.md). Once the time for a final draft or a tacit draft is over, silence opens the
tacit procedure (A22, A23): [\`npx relay status\`](list-of-invoices.md) says for how many days, and what you may deposit.

${stagesTable('en')}

## The statuses of Chorus Pro

${statusesTable('en')}

## The times

The spans marked R are from memory: the contract says which text holds, and what it changes.

${timesTable('en')}

The marks are explained in [what to try first](to-try-first.md#the-marks).
`;

/** docs/fr/les-travaux.md */
export const frenchWorksPage = (): string => `${notice}
# Marchés de travaux : le dossier de facturation

Les mots : [glossaire](glossaire.md). In English: [works.md](../works.md).

Dans un marché de travaux (CCAG Travaux), l’entreprise n’envoie pas de factures mais des pièces du dossier de
facturation : un projet de décompte mensuel chaque mois, un projet de décompte final à la fin. Le maître d’œuvre et le
maître d’ouvrage y répondent par leurs propres pièces. Les codes sont les cadres de facturation de Chorus Pro. Ce que
le relais envoie : [\`works.submit\`](commandes.md#workssubmit).

## L’enchaînement

Une flèche va d’une pièce à celles qui peuvent lui répondre. La couleur indique qui dépose la pièce.

${chain('fr')}

## Les pièces

« Premier intervenant » : le seul que nomme le fichier déposé, avec le fournisseur et le destinataire.

${documentsTable('fr')}

## Qui doit intervenir

Les jours se comptent à partir de celui où la pièce arrive à cette étape. Pour le paiement, c’est le délai légal du
destinataire : [délais de paiement](delais-de-paiement.md). Une fois passé le délai d’un projet de décompte final ou
tacite, le silence ouvre la procédure tacite (A22, A23) : [\`npx relay status\`](liste-des-factures.md) dit depuis
combien de jours, et ce que vous pouvez déposer.

${stagesTable('fr')}

## Les états dans Chorus Pro

${statusesTable('fr')}

## Les délais

Les délais marqués R sont donnés de mémoire : le marché dit quel texte s’applique, et ce qu’il modifie.

${timesTable('fr')}

Les marques sont expliquées dans [what to try first](../to-try-first.md#the-marks) (en anglais).
`;

const rows = (): [string, WorksDocument][] => Object.entries<WorksDocument>(worksDocuments);

const colours: Readonly<Record<WorksDocument['by'], string>> = {
  'main-contractor': '#fde68a',
  subcontractor: '#fed7aa',
  'co-contractor': '#fecaca',
  'project-manager': '#bfdbfe',
  'works-owner': '#bbf7d0',
};

/** In Mermaid's spelling: no hyphen. */
const classOf = (by: string): string => by.replaceAll('-', '_');

function chain(language: Language): string {
  const nodes = rows().map(([name, { kind, by }]) => {
    const label = `${name} ${kinds[kind][language]}<br/>${parties[by][language]}`;
    return `  ${name}["${label}"]:::${classOf(by)}`;
  });
  const arrows = rows().flatMap(([name, { answers }]) => answers.map((answered) => `  ${answered} --> ${name}`));
  const classes = Object.entries(colours).map(([by, colour]) => `  classDef ${classOf(by)} fill:${colour},color:#111`);
  return ['```mermaid', 'flowchart LR', ...nodes, ...arrows, ...classes, '```'].join('\n');
}

const heads = {
  documents: {
    en: ['code', 'document', 'who deposits it', 'may answer', 'looks at it first', 'mark', 'source'],
    fr: ['code', 'pièce', 'qui la dépose', 'peut répondre à', 'premier intervenant', 'marque'],
  },
  stages: {
    en: ['stage', 'where it is', 'who acts', 'within'],
    fr: ['étape', 'où en est la pièce', 'qui intervient', 'délai'],
  },
  statuses: { en: ['status', 'stage', 'where it is'], fr: ['état', 'étape', 'où en est la pièce'] },
  times: {
    en: ['name', 'days', 'what for', 'mark', 'source'],
    fr: ['nom', 'jours', 'délai', 'marque'],
  },
} as const;

const documentsTable = (language: Language): string =>
  table(
    heads.documents[language],
    rows().map(([name, { kind, by, answers, first, mark, source }]) => [
      code(name),
      kinds[kind][language],
      parties[by][language],
      answers.join(', ') || '–',
      first ? parties[first][language] : '–',
      mark,
      ...(language === 'en' ? [source] : []),
    ]),
  );

const anyActor = {
  depositor: { en: 'whoever deposited it', fr: 'le déposant' },
  first: { en: 'whoever looks at it first', fr: 'le premier intervenant' },
  ...actors,
};

const payment = { en: 'the payment term', fr: 'délai de paiement' };
const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name);

function within(name: StageName, language: Language): string {
  const { spans, paymentAwaited } = stageOf(name);
  const unit = { en: 'days', fr: 'jours' }[language];
  const colon = { en: ':', fr: ' :' }[language];
  const counted = Object.entries<Timing>(spans).flatMap(([kind, { amount }]) =>
    isKind(kind) ? [`${kinds[kind][language]}${colon} ${amount} ${unit}`] : [],
  );
  return [...counted, ...(paymentAwaited ? [payment[language]] : [])].join(' ; ') || '–';
}

const stageNames = Object.keys(stages).filter((name): name is StageName => Object.hasOwn(stages, name));

const stagesTable = (language: Language): string =>
  table(
    heads.stages[language],
    stageNames.map((name) => [
      code(name),
      stages[name][language],
      anyActor[stages[name].actor][language],
      within(name, language),
    ]),
  );

const statusesTable = (language: Language): string =>
  table(
    heads.statuses[language],
    Object.entries<StageName>(worksStages).map(([status, stage]) => [
      code(status),
      code(stage),
      stages[stage][language],
    ]),
  );

/** What the times are for. In English the table of timings says it. */
const frenchTimes: Readonly<Record<string, string>> = {
  worksMonthlyDraft:
    'réponse du maître d’œuvre à un projet de décompte mensuel ; le délai de paiement court à compter du dépôt auprès de lui',
  validationPeriod: 'validation d’un projet par le titulaire ou le mandataire ; son silence vaut acceptation',
  worksFinalDraft:
    'dépôt du projet de décompte final, à compter de la notification de la réception des travaux (CCAG Travaux de 2021)',
  worksFinalDraftOf2009: 'le même, dans un marché qui se réfère au CCAG Travaux de 2009 non modifié : le marché le dit',
  worksGeneralStatement:
    'notification du décompte général après le projet de décompte final ; ensuite, la procédure tacite est ouverte',
  worksSignature: 'renvoi du décompte général signé, avec ou sans réserves, par le titulaire',
  worksTacitDraft: 'réponse du maître d’ouvrage à un A22 ; ensuite, celui-ci devient le décompte général et définitif',
};

const timesTable = (language: Language): string =>
  table(
    heads.times[language],
    Object.entries<Timing>(timings)
      .filter(([name]) => Object.hasOwn(frenchTimes, name))
      .map(([name, { amount, why, mark, source }]) =>
        language === 'en'
          ? [code(name), String(amount), why, mark, source]
          : [code(name), String(amount), frenchTimes[name] ?? '', mark],
      ),
  );
