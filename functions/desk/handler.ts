import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyEventV2WithRequestContext,
  APIGatewayEventRequestContextV2,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { wireCommon } from '../../shared/wiring.ts';
import { deskEnvironment, readEnvironment } from '../environments.ts';
import { deskApp } from './app.ts';
import { requestOf, resultOf } from './gateway.ts';

const environment = readEnvironment(deskEnvironment, process.env);

/** Beside the bundle: infra/build.ts. */
const built = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

const app = deskApp({
  ...wireCommon(environment, process.env),
  signIn: {
    issuer: environment.DESK_ISSUER_URL,
    clientId: environment.DESK_AUDIENCE,
    tokenOrigin: environment.DESK_TOKEN_URL,
  },
  client: { script: built('desk.js'), style: built('desk.css') },
});

/** A route of the gateway either checks tokens or has no authorizer. */
type DeskEvent =
  APIGatewayProxyEventV2WithJWTAuthorizer | APIGatewayProxyEventV2WithRequestContext<APIGatewayEventRequestContextV2>;

export const handler = middy<DeskEvent, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
  const { requestContext } = event;
  const checked = 'authorizer' in requestContext ? requestContext.authorizer.jwt.claims : undefined;
  return resultOf(await app.fetch(requestOf(event), { checked }));
});
