import type { Outcome } from '../lambda/execution-environment.ts';
import type { Secret } from './secret.ts';
import { AwsError } from './service.ts';

export type InvokeFunction = (functionArn: string, event: unknown) => Promise<Outcome>;

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/**
 * A rotation as Secrets Manager begins it: an empty pending version, then the function once for each step, until one fails.
 * It answers before the first step is over; unlike AWS, it does not try again what failed.
 */
export function rotate(secret: Secret, version: string, now: number, invoke: InvokeFunction): void {
  const { rotationFunction, arn } = secret;
  if (rotationFunction === undefined) {
    throw new AwsError('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.');
  }
  secret.prepare(version, now);
  void inTurn(async (Step) => {
    const outcome = await invoke(rotationFunction, { Step, SecretId: arn, ClientRequestToken: version });
    return 'payload' in outcome;
  });
}

async function inTurn(run: (step: string) => Promise<boolean>): Promise<void> {
  for (const step of steps) if (!(await run(step))) return;
}
