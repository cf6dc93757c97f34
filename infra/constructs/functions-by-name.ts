import type { Alias, Function } from 'aws-cdk-lib/aws-lambda';

/** Every function that each stage has. Each has its alarms, its lines on the dashboard and its log. */
const relayFunctions = [
  'submitInvoice',
  'giveTurns',
  'takeTurns',
  'watchCredentials',
  'checkConnection',
  'rotateCredentials',
] as const;
export type FunctionsByName = Readonly<Record<(typeof relayFunctions)[number], Function>> & {
  /** Only where the stage has a desk. */
  readonly desk?: Function | undefined;
};

/** Those that this stage has, by name. */
export const deployedFunctions = (functions: FunctionsByName): [name: keyof FunctionsByName, Function][] =>
  ([...relayFunctions, 'desk'] as const).flatMap((name) => {
    const { [name]: found } = functions;
    return found ? [[name, found]] : [];
  });

/**
 * AWS calls these all day, by the alias `live`: a new version takes over step by step (release.ts). The others are
 * called by a person or once a day, which is too seldom for a fault to show during a release.
 */
export const liveFunctions = ['submitInvoice', 'giveTurns', 'takeTurns'] as const;
export const liveAlias = 'live';
export type LiveAliases = Readonly<Record<(typeof liveFunctions)[number], Alias>>;
