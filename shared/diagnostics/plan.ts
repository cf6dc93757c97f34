import { apiNames } from '../chorus-pro/chorus-pro.ts';
import type { ConnectionSettings } from '../connection/settings.ts';
import type { StepName } from './steps.ts';

export interface PlannedStep {
  step: StepName;
  subject?: string;
}

/** A SIRET of the settings, with all who bear it. */
export interface OwnStructure {
  siret: string;
  subject: string;
}

export interface OwnService {
  siret: string;
  code: string;
  subject: string;
}

interface Issuer {
  name: string;
  siret: string;
  service?: string | undefined;
}

const issuersOf = ({ companies }: ConnectionSettings): Issuer[] =>
  companies.flatMap((company) => [company, ...company.agencies]);

export const structuresOf = (settings: ConnectionSettings): OwnStructure[] =>
  [...Map.groupBy(issuersOf(settings), ({ siret }) => siret)].map(([siret, issuers]) => ({
    siret,
    subject: `${siret} (${issuers.map(({ name }) => name).join(', ')})`,
  }));

export function servicesOf(settings: ConnectionSettings): OwnService[] {
  const services = issuersOf(settings).flatMap(({ siret, service }) =>
    service === undefined ? [] : [{ siret, code: service, subject: `${service} (${siret})` }],
  );
  return [...new Map(services.map((one) => [one.subject, one])).values()];
}

/** Everything that a check of this connection will have an answer to, in order. */
export const planOf = (settings: ConnectionSettings): PlannedStep[] => [
  { step: 'credentials' },
  { step: 'piste-token' },
  { step: 'technical-account' },
  { step: 'raccordement' },
  ...apiNames.map((subject) => ({ step: 'api' as const, subject })),
  ...structuresOf(settings).map(({ subject }) => ({ step: 'supplier' as const, subject })),
  ...servicesOf(settings).map(({ subject }) => ({ step: 'supplier-service' as const, subject })),
  { step: 'payment-means' },
  { step: 'password-expiry' },
  { step: 'secret-age' },
];
