/** Brings up an HTTP API of API Gateway, with what says whom it lets through. */
import * as z from 'zod';
import { functionNameIn, lastPart } from '../arn.ts';
import { HttpApi } from '../http-api.ts';
import type { ProvisionContext, Provisioner } from './stack.ts';

const apiSchema = z.object({
  Name: z.string(),
  ProtocolType: z.literal('HTTP', 'the local cloud has HTTP APIs only'),
  CorsConfiguration: z.never({ error: 'the local cloud lets no other site in' }).optional(),
});

export const api: Provisioner = async ({ logicalId, properties }, context) => {
  const { Name: name } = apiSchema.parse(properties);
  const made = new HttpApi(context);
  context.httpApis.set(logicalId, made);
  return { name, ref: logicalId, attributes: { ApiId: logicalId, ApiEndpoint: await made.open() } };
};

const ofApi = z.object({ ApiId: z.string() });

function apiOf(properties: Record<string, unknown>, { httpApis }: ProvisionContext): HttpApi {
  const { ApiId } = ofApi.parse(properties);
  const found = httpApis.get(ApiId);
  if (found) return found;
  throw new Error(`there is no API ${ApiId}`);
}

const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'the local cloud calls functions only'),
  IntegrationUri: z.string().transform(functionNameIn),
  PayloadFormatVersion: z.literal('2.0', 'the local cloud knows payload 2.0 only'),
});

export const integration: Provisioner = ({ logicalId, properties }, context) => {
  const { IntegrationUri } = integrationSchema.parse(properties);
  apiOf(properties, context).integrations.set(logicalId, IntegrationUri);
  return { name: logicalId, ref: logicalId, attributes: {} };
};

const authorizerSchema = z.object({
  Name: z.string(),
  AuthorizerType: z.literal('JWT', 'the local cloud has JWT authorizers only'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
});

export const authorizer: Provisioner = ({ logicalId, properties }, context) => {
  const { Name: name, JwtConfiguration } = authorizerSchema.parse(properties);
  const { Issuer: issuer, Audience: audience } = JwtConfiguration;
  apiOf(properties, context).authorizers.set(logicalId, { issuer, audience });
  return { name, ref: logicalId, attributes: { AuthorizerId: logicalId } };
};

const routeSchema = z.object({
  RouteKey: z.string().regex(/^(\$default|[A-Z]+ \/[^{]*)$/, 'the local cloud knows whole paths and $default only'),
  Target: z.string().transform((target) => lastPart(target, '/')),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.never({ error: 'the local cloud asks for no scopes' }).optional(),
});

export const route: Provisioner = ({ logicalId, properties }, context) => {
  const { RouteKey, Target, AuthorizationType, AuthorizerId } = routeSchema.parse(properties);
  if (AuthorizationType === 'JWT' && AuthorizerId === undefined) throw new Error(`${RouteKey} names no authorizer`);
  const asked = AuthorizationType === 'JWT' ? AuthorizerId : undefined;
  apiOf(properties, context).routes.set(RouteKey, { integration: Target, authorizer: asked });
  return { name: RouteKey, ref: logicalId, attributes: {} };
};

const stageSchema = z.object({
  StageName: z.literal('$default', 'the local cloud has the stage $default only'),
  AutoDeploy: z.literal(true, 'the local cloud deploys at once'),
});

export const stage: Provisioner = ({ logicalId, properties }) => {
  const { StageName: name } = stageSchema.parse(properties);
  return { name, ref: logicalId, attributes: {} };
};
