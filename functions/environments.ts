/** The environment variables that a function reads: its CDK construct must set exactly these. */
export interface EnvironmentNames<Required extends string, Optional extends string> {
  required: readonly Required[];
  optional: readonly Optional[];
}

export type EnvironmentOf<Names> =
  Names extends EnvironmentNames<infer Required, infer Optional>
    ? Record<Required, string> & Partial<Record<Optional, string>>
    : never;

/** @throws Error that names every missing variable at once */
export function readEnvironment<Required extends string, Optional extends string>(
  names: EnvironmentNames<Required, Optional>,
  environment: NodeJS.ProcessEnv,
): Record<Required, string> & Partial<Record<Optional, string>>;
export function readEnvironment(
  names: EnvironmentNames<string, string>,
  environment: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const missing = names.required.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(
    [...names.required, ...names.optional].flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
}

/** Every function can be directed to another server that follows AIFE's contract: the simulator, a recording proxy. */
const chorusProOverride = ['CHORUS_PRO_URL', 'PISTE_TOKEN_URL'] as const;

export const submitInvoiceEnvironment = {
  required: [
    'STAGE',
    'LEDGER_TABLE',
    'DOCUMENTS_BUCKET',
    'EVENTS_TOPIC_ARN',
    'INVOICES_QUEUE_URL',
    'DEAD_LETTERS_QUEUE_URL',
  ],
  optional: [...chorusProOverride, 'DESK_ROLE_ID'],
} as const;

export const giveTurnsEnvironment = { required: ['STAGE', 'LEDGER_TABLE', 'TURNS_QUEUE_URL'], optional: [] } as const;

export const takeTurnsEnvironment = {
  required: [
    'STAGE',
    'LEDGER_TABLE',
    'EVENTS_TOPIC_ARN',
    'OPERATIONS_TOPIC_ARN',
    'INVOICES_QUEUE_URL',
    'TURNS_QUEUE_URL',
  ],
  optional: [...chorusProOverride, 'DESK_URL'],
} as const;

export const watchCredentialsEnvironment = {
  required: ['STAGE', 'LEDGER_TABLE', 'EVENTS_TOPIC_ARN', 'OPERATIONS_TOPIC_ARN'],
  optional: chorusProOverride,
} as const;

export const checkConnectionEnvironment = { required: ['STAGE', 'LEDGER_TABLE'], optional: chorusProOverride } as const;

export const rotateCredentialsEnvironment = {
  required: ['STAGE', 'LEDGER_TABLE', 'OPERATIONS_TOPIC_ARN'],
  optional: chorusProOverride,
} as const;

export const deskEnvironment = {
  required: ['STAGE', 'LEDGER_TABLE', 'DOCUMENTS_BUCKET', 'INVOICES_QUEUE_URL', 'DESK_ISSUER_URL', 'DESK_AUDIENCE'],
  optional: ['DESK_TOKEN_URL'],
} as const;
