import type { Fact } from '../facts/fact.ts';
import type { SentAs } from '../invoice/submit-command.ts';
import type { WorksSettings } from '../works/settings.ts';
import type { Directory } from './directory.ts';
import type { AsFlux } from './flux.ts';
import { mapAccepted, type Outcome } from './outcome.ts';

/**
 * By which `syntaxeFlux` the file of a works document is deposited. Since February 2024 works have types of flux of
 * their own, E4 (structured) and E5 (with a PDF), whose names are in no public code: Chorus Pro is asked, and a name
 * that it offers is chosen by what it says.
 */

export const worksSyntaxFacts = {
  worksSyntaxes: {
    value: 'the first offered name that fits; else that of an invoice, as AIFE’s examples of 2018 were deposited',
    mark: 'INF',
    source: 'AIFE’s help page: E4 structured, E5 mixed; the names are guessed from those of E1 and E2',
    toTry: {
      order: 36,
      what: 'which names recuperer/syntaxeflux offers, whether one has E4 or E5 in it, and whether deposer/flux takes it',
      command: 'npx relay send samples/26-works-statement-1.json',
    },
  },
  syntaxList: {
    value: 'listeSyntaxeFlux, each with syntaxeFlux',
    mark: 'INF',
    source: 'GO names the service and the list beside it, listeFormatFlux',
  },
} as const satisfies Record<string, Fact<string>>;

/** What a name must say, by the kind of file: the best first. */
const fitting: Readonly<Record<Exclude<AsFlux, 'ubl'>, readonly RegExp[]>> = {
  'factur-x': [/_E5_.*FACTURX/, /_E5_.*CII/],
  'cii-with-pdf': [/_E5_CII_MIN_16B/, /_E5_CII(?!.*FACTURX)/, /_E5_.*CII/],
  cii: [/_E4_CII_16B/, /_E4_.*CII/],
};

/** @returns undefined if no name that is offered fits: then it goes as an invoice does */
function fittingSyntax(sentAs: Exclude<AsFlux, 'ubl'>, offered: readonly string[]): string | undefined {
  for (const wanted of fitting[sentAs]) {
    const found = [...offered].sort().find((name) => wanted.test(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The setting decides; else Chorus Pro's list. */
export async function chooseSyntax(
  sentAs: SentAs,
  { syntax }: WorksSettings,
  directory: Pick<Directory, 'fluxSyntaxes'>,
): Promise<Outcome<string | undefined>> {
  // Neither goes by such a flux: both are refused.
  if (sentAs === 'pdf' || sentAs === 'ubl') return { kind: 'accepted', value: undefined };
  const set = syntax[sentAs];
  if (set !== undefined) return { kind: 'accepted', value: set };
  const offered = await directory.fluxSyntaxes();
  if (offered.kind === 'refused') return { kind: 'accepted', value: undefined };
  return mapAccepted(offered, (names) => fittingSyntax(sentAs, names));
}
