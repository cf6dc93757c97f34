/** The entry point of the CDK: `npx cdk synth` and `npx cdk deploy` run this file. */
import { runNagChecks } from './nag.ts';
import { synthesise } from './synthesise.ts';

try {
  await synthesise({ inspect: runNagChecks });
} catch (error) {
  // The fault is in cdk.json or in a connection file: a stack trace of our own code would not help.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
