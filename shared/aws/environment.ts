/** What a function reads from its environment, as a value: the CDK construct must give exactly these names. */
export interface EnvironmentNames<Required extends string, Optional extends string> {
  required: readonly Required[];
  optional: readonly Optional[];
}

export type EnvironmentOf<Names> =
  Names extends EnvironmentNames<infer Required, infer Optional>
    ? Record<Required, string> & Partial<Record<Optional, string>>
    : never;

/** Every function may be pointed at another server that follows AIFE's contract: the simulator, a recording proxy. */
export const chorusProOverride = ['CHORUS_PRO_URL', 'PISTE_TOKEN_URL'] as const;

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
