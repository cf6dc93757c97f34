import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * cdk-nag checks the whole template against AWS's own rules. A finding that is not acknowledged beside its construct
 * stops the synthesis. It has its own file because the rules take a second to load, and the local cloud skips them.
 */
export function runNagChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
