import * as z from 'zod';
import { at, having, referred, unless, wants, where, without, type Rule } from './template-rule.ts';

/** What a browser loads before anybody has signed in. */
const open: ReadonlySet<unknown> = new Set(['GET /', 'GET /desk.js', 'GET /desk.css']);

/** What may be written of a request: no address of a page, of a machine or of a person. */
const writable = ['requestId', 'requestTime', 'routeKey', 'status', 'responseLatency', 'authorizer.error'];

const formatSchema = z
  .string()
  .transform((format) => [...format.matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name));
const isClosed: Parameters<typeof where>[0] = ({ Properties: { RouteKey } }) => !open.has(RouteKey);

/** What API Gateway lets through to the desk, and what it keeps of it. */
export const deskRules: readonly Rule[] = [
  {
    name: 'lets nobody through without a token, but to what signs people in',
    of: ['AWS::ApiGatewayV2::Route'],
    holds: ({ Properties }, template) => {
      const [authorizer] = referred(template, 'AWS::ApiGatewayV2::Authorizer', Properties['AuthorizerId']);
      const isAsked = Properties['AuthorizationType'] === 'JWT' && authorizer !== undefined;
      return unless(isAsked || open.has(Properties['RouteKey']), 'it asks for no token');
    },
    brokenBy: {
      'no authorizer': where(isClosed, without('Properties.AuthorizerId')),
      'an authorizer that is not asked': where(isClosed, having('Properties.AuthorizationType', 'NONE')),
      'another open route': where((...route) => !isClosed(...route), having('Properties.RouteKey', 'GET /pages')),
    },
  },
  {
    name: 'believes one provider, for one audience',
    of: ['AWS::ApiGatewayV2::Authorizer'],
    holds: ({ Properties }) => {
      const { JwtConfiguration, ...rest } = Properties;
      const isOne =
        String(at(JwtConfiguration, 'Issuer')).startsWith('https://') &&
        z.array(z.string().min(1)).length(1).safeParse(at(JwtConfiguration, 'Audience')).success;
      return unless(isOne && rest['AuthorizerType'] === 'JWT', 'it does not say whom it believes');
    },
    brokenBy: {
      'no audience': without('Properties.JwtConfiguration.Audience'),
      'a provider without encryption': having('Properties.JwtConfiguration.Issuer', 'http://login.example.org'),
      'a function that decides': having('Properties.AuthorizerType', 'REQUEST'),
    },
  },
  {
    name: 'reads the token in one header, which no browser sends by itself',
    of: ['AWS::ApiGatewayV2::Authorizer'],
    holds: wants('Properties.IdentitySource', ['$request.header.Authorization']),
    brokenBy: { 'a cookie': having('Properties.IdentitySource', ['$request.header.Cookie']) },
  },
  {
    name: 'lets no page of another site read its answers',
    of: ['AWS::ApiGatewayV2::Api'],
    holds: wants('Properties.CorsConfiguration', undefined),
    brokenBy: { 'every site': having('Properties.CorsConfiguration', { AllowOrigins: ['*'] }) },
  },
  {
    name: 'writes of a request that it came, and nothing of a person',
    of: ['AWS::ApiGatewayV2::Stage'],
    holds: ({ Properties }) => {
      const { data: names } = formatSchema.safeParse(at(Properties, 'AccessLogSettings.Format'));
      const other = names?.find((name = '') => !writable.includes(name));
      return unless(names !== undefined && other === undefined, `it writes ${other ?? 'nothing'}`);
    },
    brokenBy: {
      'no log': without('Properties.AccessLogSettings'),
      'addresses of machines': having('Properties.AccessLogSettings.Format', '$context.identity.sourceIp'),
      'addresses of pages': having('Properties.AccessLogSettings.Format', '$context.path'),
    },
  },
  {
    name: 'lets only so many requests through',
    of: ['AWS::ApiGatewayV2::Stage'],
    holds: ({ Properties }) =>
      unless(Number(at(Properties, 'DefaultRouteSettings.ThrottlingRateLimit')) <= 100, 'its rate is the account’s'),
    brokenBy: { 'no limit': without('Properties.DefaultRouteSettings') },
  },
  {
    name: 'calls a function as the function expects it',
    of: ['AWS::ApiGatewayV2::Integration'],
    holds: wants('Properties.PayloadFormatVersion', '2.0'),
    brokenBy: { 'the older form': having('Properties.PayloadFormatVersion', '1.0') },
  },
];
