import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * AWS's own reviewers, by rule, over all that the template makes: a finding that nobody has answered ends the synthesis. The
 * answer, `acknowledge`, stands beside what it is about. Not for the local cloud's synthesis: to load the rules takes a second.
 */
export function letReviewersLook(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
