import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  HttpApi,
  HttpIntegrationType,
  HttpMethod,
  HttpRoute,
  HttpRouteIntegration,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
  type HttpRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { physicalName } from '../names.ts';
import { acknowledge } from './acknowledgements.ts';

interface DeskProps {
  stage: string;
  key: IKey;
  people: NonNullable<Deployment['desk']>;
  pages: Function;
}

/** What a browser loads before anybody has signed in: it has no data in it. */
const open = ['/', '/desk.js', '/desk.css'] as const;

/** No address of a page, of a machine or of a person: who did what is in the ledger. */
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  refused: '$context.authorizer.error',
};

/** Calls the function with every request; whoever makes the API lets it do so. */
class Pages extends HttpRouteIntegration {
  private readonly uri: string;

  constructor(id: string, { functionArn }: Function) {
    super(id);
    this.uri = functionArn;
  }

  override bind(): HttpRouteIntegrationConfig {
    const payloadFormatVersion = PayloadFormatVersion.VERSION_2_0;
    return { type: HttpIntegrationType.AWS_PROXY, uri: this.uri, payloadFormatVersion };
  }
}

/**
 * The desk's address: an HTTP API that lets nobody through to a page without a token of the company's provider. What is
 * not named as open is closed, a page that is written later too (docs/adr/0033-the-desk.md).
 */
export class Desk extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { stage, key, people, pages }: DeskProps) {
    super(scope, id);
    const name = physicalName(stage, 'desk');
    const httpApi = new HttpApi(this, 'Api', {
      apiName: name,
      description: `The desk of chorus-relay (${stage})`,
      createDefaultStage: false,
    });
    const logGroup = new LogGroup(this, 'AccessLog', {
      // Named as functions' logs are: the key serves those.
      logGroupName: `/aws/lambda/${name}-access`,
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      // A few people click; a page may have several requests at once.
      throttle: { rateLimit: 20, burstLimit: 40 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    const integration = new Pages('Pages', pages);
    pages.addPermission('DeskCalls', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
      sourceArn: httpApi.arnForExecuteApi('*', '/*', '*'),
    });
    for (const route of open.flatMap((path) => httpApi.addRoutes({ path, methods: [HttpMethod.GET], integration })))
      acknowledge(route, { 'AwsSolutions-APIG4': 'The page that signs people in, with its script: no data is in it.' });
    new HttpRoute(this, 'Closed', {
      httpApi,
      routeKey: HttpRouteKey.DEFAULT,
      integration,
      authorizer: new HttpJwtAuthorizer('People', people.issuer, {
        authorizerName: name,
        jwtAudience: [people.clientId],
      }),
    });
    this.url = httpApi.apiEndpoint;
  }
}
