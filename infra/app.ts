import { letReviewersLook } from './nag.ts';
import { synthesise } from './synthesise.ts';

try {
  await synthesise({ inspect: letReviewersLook });
} catch (error) {
  // Whoever wrote cdk.json or a connection file wants the sentence, and not where in our code it was said.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
