import { apiNames, type ApiName } from '../chorus-pro/chorus-pro.ts';
import type { Outcome } from '../chorus-pro/outcome.ts';
import type { FindingCode } from './findings.ts';
import type { Checked, Parameters } from './report.ts';
import { quoted, unhopedFor, type Walk } from './walk.ts';

/** What the relay calls; the rights behind the other APIs are asked for by what a company does beyond plain invoices. */
const called: ReadonlySet<ApiName> = new Set(['Transverses', 'Factures', 'Structures']);

export interface ApiSteps {
  steps: Checked[];
  usable: ReadonlySet<ApiName>;
}

/** One after the other: PISTE answers 401 to calls that come too fast. */
export async function checkApis({ chorusPro, say }: Walk): Promise<ApiSteps> {
  const steps: Checked[] = [];
  const usable = new Set<ApiName>();
  for (const api of apiNames) {
    const { finding, parameters } = findingOf(api, await chorusPro.probe(api));
    const step = say('api', finding, parameters, api);
    if (step.verdict === 'holds') usable.add(api);
    steps.push(step);
  }
  return { steps, usable };
}

function findingOf(api: ApiName, outcome: Outcome<unknown>): { finding: FindingCode; parameters?: Parameters } {
  if (outcome.kind === 'accepted') return { finding: 'api-answers' };
  // Whoever refuses has been reached: the application does subscribe.
  if (outcome.kind === 'refused')
    return { finding: called.has(api) ? 'api-refused' : 'api-says-no', parameters: { said: quoted(outcome.refusal) } };
  return unhopedFor(outcome);
}
