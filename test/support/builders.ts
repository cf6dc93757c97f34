import type { Credentials } from '../../shared/connection/credentials.ts';
import { isSiret } from '../../shared/invoice/fields.ts';
import { practiceWorld, type World } from '../../tools/chorus-pro-simulator/index.ts';
import { simulatorCredentials } from '../../tools/local-cloud/simulator.ts';

/** A builder with a company, an application at PISTE and a technical account that no other builder shares. */
export interface Builder {
  /** Of its connection. */
  name: string;
  siret: string;
  /** The right ones. */
  credentials: Credentials;
  /** Its password is wrong; its account is no longer declared for its application; each of its calls takes long. */
  trouble: Trouble | undefined;
}

const troubles = ['password', 'closed', 'slow'] as const;
type Trouble = (typeof troubles)[number];

/** @param oneIn of so many builders one has a trouble: each kind in turn */
export const buildersOf = (count: number, oneIn: number): Builder[] =>
  Array.from({ length: count }, (_, i) => {
    const name = `builder-${i + 1}`;
    const own = { pisteClientId: `client-of-${name}`, technicalLogin: `TECH_${i + 1}@cpro.fr` };
    const isTroubled = i % oneIn === oneIn - 1;
    return {
      ...{ name, siret: siretFrom(90_000_000 + i), credentials: { ...simulatorCredentials, ...own } },
      trouble: isTroubled ? troubles[Math.floor(i / oneIn) % troubles.length] : undefined,
    };
  });

/** @param start the first eight digits, to which check digits are found */
function siretFrom(start: number): string {
  const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
  const candidates = digits.flatMap((sirenCheck) => digits.map((check) => `${start}${sirenCheck}0001${check}`));
  const siret = candidates.find(isSiret);
  if (siret === undefined) throw new Error(`no SIRET begins with ${start}`);
  return siret;
}

/** Chorus Pro with these builders in it: each account may send for its own company alone. */
export function worldOf(builders: readonly Builder[], now: number): World {
  const companies = builders.map(({ name, siret }) => ({ name, siret, services: [], bankAccounts: [] }));
  const world = practiceWorld(companies, now);
  const [account] = world.accounts;
  const [application] = world.applications;
  if (!account || !application) throw new Error('the example has an account and an application');
  const ids = new Map(world.structures.map(({ siret, id }) => [siret, id]));
  return {
    ...world,
    accounts: builders.map(({ siret, trouble, credentials: { technicalLogin: login, pisteClientId } }) => ({
      ...{ ...account, login, applications: trouble === 'closed' ? [] : [pisteClientId] },
      structures: [ids.get(siret) ?? 0],
    })),
    applications: builders.map(({ credentials: { pisteClientId: clientId } }) => ({ ...application, clientId })),
  };
}
