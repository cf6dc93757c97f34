/** The desk's routes. What is registered after `signedIn` is for people who are signed in. No route sets a cookie. */
import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import type { Right } from '../../shared/connection/desk-setting.ts';
import type { Connections } from '../../shared/connection/connections.ts';
import { tellFault, type Telemetry } from '../../shared/telemetry/telemetry.ts';
import { claimsOf, isOver, personOf, rightIn, type Person } from './identity.ts';
import { deskRoutes, type RouteDependencies } from './routes.ts';
import { shell, type SignIn } from './shell.ts';

export interface DeskDependencies extends RouteDependencies {
  connections: Connections;
  telemetry: Telemetry;
  signIn: SignIn;
  /** What the browser loads beside the shell: infra/build.ts makes it of client/. */
  client: { script: string; style: string };
}

export interface Desk {
  /** The claims of the token that API Gateway has checked, in its own words; undefined where it checks none. */
  Bindings: { checked?: unknown };
  Variables: { person: Person };
}

export function deskApp(dependencies: DeskDependencies): Hono<Desk> {
  const { client, now, signIn, telemetry } = dependencies;
  const app = new Hono<Desk>();
  app.use(headers(signIn));
  // Lambda answers with 6 MB, and a long list is larger. [AWS: Lambda quotas]
  app.use(compress({ encoding: 'gzip' }));
  app.onError((error, c) => {
    tellFault(telemetry, error, {});
    return c.text('Une erreur s’est produite. / Something went wrong.', 500);
  });
  app.notFound((c) => c.text('Introuvable. / Not found.', 404));

  app.use('/desk.*', etag());
  app.get('/', (c) => c.html(shell(signIn, now())));
  app.get('/desk.js', (c) => c.body(client.script, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/desk.css', (c) => c.body(client.style, 200, { 'content-type': 'text/css; charset=utf-8' }));

  app.use(signedIn(dependencies));
  app.use('/pages/:connection/*', mayAtLeast('read'));
  app.use('/actions/:connection/*', mayAtLeast('act'));
  app.route('/', deskRoutes(dependencies));
  return app;
}

const headers = ({ issuer, tokenOrigin }: SignIn): MiddlewareHandler => {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'", new URL(issuer).origin, ...(tokenOrigin === undefined ? [] : [tokenOrigin])],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    xFrameOptions: 'DENY',
  });
  return async (c, next) => {
    await secure(c, next);
    const isPublic = c.req.path.startsWith('/desk.');
    c.header('cache-control', isPublic ? 'no-cache' : 'no-store');
  };
};

/** The gateway has checked the token's signature, issuer, audience and times; the session's age is ours to check. */
const signedIn =
  ({ connections, now }: DeskDependencies): MiddlewareHandler<Desk> =>
  async (c, next) => {
    const claims = claimsOf(c.env.checked, c.req.header('authorization'));
    if (!claims || isOver(claims, now())) return c.text('Session terminée. / The session is over.', 401);
    c.set('person', await personOf(claims, connections));
    return next();
  };

/** Another's connection is not found, as one that does not exist; who may only read is told so. */
const mayAtLeast =
  (needed: Right): MiddlewareHandler<Desk, '/:room/:connection'> =>
  async (c, next) => {
    const may = rightIn(c.var.person, c.req.param('connection'));
    if (may === undefined) return c.notFound();
    if (needed === 'act' && may !== 'act') return c.text('Consultation seulement. / Read only.', 403);
    return next();
  };
