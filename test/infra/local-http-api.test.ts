import { onTestFinished, describe, expect, it } from 'vitest';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { startIssuer } from '../../tools/local-cloud/issuer.ts';
import { cloudOf } from './local-fixture.ts';

const ofApi = { ApiId: { Ref: 'Api' } };
const resources = (issuer: string) => ({
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: 'pages', Handler: 'index.handler', Code: { S3Key: 'pages.zip' } },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'desk', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...ofApi, StageName: '$default', AutoDeploy: true } },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ...{ ...ofApi, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' },
      IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
    },
  },
  People: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ...{ ...ofApi, Name: 'people', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] },
      JwtConfiguration: { Issuer: issuer, Audience: ['desk'] },
    },
  },
  Open: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ...ofApi,
      RouteKey: 'GET /open',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
  Closed: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ...{ ...ofApi, RouteKey: '$default', AuthorizationType: 'JWT', AuthorizerId: { Ref: 'People' } },
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
});

/** Says what it was called with. */
const echo = `exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});`;

async function deskOf() {
  const clock = new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });
  const issuer = await startIssuer(clock, []);
  onTestFinished(issuer.close);
  const cloud = await cloudOf(resources(issuer.url), {
    clock,
    bundles: { pages: echo },
    outputs: { Url: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
  });
  return { issuer, url: cloud.outputs['Url'] ?? '' };
}

describe('an HTTP API of the local cloud', () => {
  it('calls its function with what was asked, and with the claims of the token as API Gateway writes them', async () => {
    const { issuer, url } = await deskOf();
    const token = await issuer.token({ sub: 'p-1', groups: ['a', 'b c'] });
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/pages/x%20y?q=a?b`, { method: 'POST', headers, body: 'é' });
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/pages/x y',
      rawQueryString: 'q=a?b',
      body: Buffer.from('é').toString('base64'),
      isBase64Encoded: true,
      requestContext: { http: { method: 'POST' }, authorizer: { jwt: { claims: { sub: 'p-1', groups: '[a b c]' } } } },
    });
  });

  it('asks for a token where its route has an authorizer, and nowhere else', async () => {
    const { url } = await deskOf();
    const open: unknown = await (await fetch(`${url}/open`)).json();
    expect(open).toMatchObject({ routeKey: 'GET /open' });
    expect(open).not.toHaveProperty('requestContext.authorizer');
    for (const [method, path] of [
      ['POST', '/open'],
      ['GET', '/open/'],
      ['GET', '//open'],
      ['OPTIONS', '/'],
    ] as const)
      expect((await fetch(`${url}${path}`, { method })).status, `${method} ${path}`).toBe(401);
  });

  it.each<[string, keyof ReturnType<typeof resources>, object]>([
    ['another form of calls', 'Integration', { PayloadFormatVersion: '1.0' }],
    ['scopes', 'Closed', { AuthorizationScopes: ['desk'] }],
    ['paths with parameters', 'Open', { RouteKey: 'GET /{proxy+}' }],
    ['answers to other sites', 'Api', { CorsConfiguration: { AllowOrigins: ['*'] } }],
    ['a token from elsewhere', 'People', { IdentitySource: ['$request.querystring.token'] }],
    ['a route that asks for a token of nobody', 'Closed', { AuthorizerId: undefined }],
  ])('refuses what it does not play: %s', async (_what, changed, properties) => {
    const all = resources('http://127.0.0.1:1');
    const { [changed]: one } = all;
    const spoiled = { ...all, [changed]: { ...one, Properties: { ...one.Properties, ...properties } } };
    await expect(cloudOf(spoiled, { bundles: { pages: echo } })).rejects.toThrow(`${changed} (`);
  });
});
