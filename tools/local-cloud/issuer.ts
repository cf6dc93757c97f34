/** An OpenID provider of this machine, for its people: real tokens, without passwords. It serves no other machine. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import * as z from 'zod';
import type { DrivenClock } from './clock.ts';
import { closeServer, listen } from './gateway.ts';

export interface LocalPerson {
  /** Claims beside those that every token has. */
  claims: JWTPayload & { sub: string; name: string };
  /** What the page says of them. */
  about: { fr: string; en: string };
}

export interface LocalIssuer {
  url: string;
  clientId: string;
  /** A token with these claims in place of the usual ones. */
  token: (claims: Readonly<Record<string, unknown>>) => Promise<string>;
  /** As the provider publishes it, for who forges. */
  publicKey: () => Promise<JWK>;
  close: () => Promise<void>;
}

const asked = z.object({
  client_id: z.string(),
  redirect_uri: z.url({ hostname: /^127\.0\.0\.1$/ }),
  state: z.string(),
  nonce: z.string(),
  code_challenge: z.string(),
  code_challenge_method: z.literal('S256'),
});
const chosen = asked.extend({ person: z.string() });
const redeemed = z.object({ code: z.string(), code_verifier: z.string(), redirect_uri: z.string() });

const sessionSeconds = 3600;
const kid = 'local';

/** @param people who may sign in: the page lets one choose */
export async function startIssuer(clock: DrivenClock, people: readonly LocalPerson[]): Promise<LocalIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  const clientId = 'desk';
  /** What was asked for, by the code that was given for it. */
  const codes = new Map<string, z.infer<typeof chosen>>();
  const seconds = () => Math.floor(clock.now() / 1000);
  const token = (claims: Readonly<Record<string, unknown>>) => {
    const usual = {
      iss: issuer.url,
      aud: clientId,
      iat: seconds(),
      auth_time: seconds(),
      exp: seconds() + sessionSeconds,
    };
    return new SignJWT({ ...usual, email_verified: true, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .sign(privateKey);
  };

  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('access-control-allow-origin', '*');
  });
  app.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer: issuer.url,
      authorization_endpoint: `${issuer.url}/authorize`,
      token_endpoint: `${issuer.url}/token`,
      jwks_uri: `${issuer.url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    }),
  );
  app.get('/jwks', (c) => c.json({ keys: [jwk] }));
  app.get('/authorize', (c) => {
    const request = asked.parse(c.req.query());
    const to = ({ claims }: LocalPerson) =>
      `/choose?${new URLSearchParams({ ...request, person: claims.sub }).toString()}`;
    return c.html(whoAreYou(people.map((person) => ({ ...person, to: to(person) }))));
  });
  app.get('/choose', (c) => {
    const request = chosen.parse(c.req.query());
    const code = randomUUID();
    codes.set(code, request);
    const back = new URL(request.redirect_uri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', request.state);
    return c.redirect(back.href);
  });
  app.post('/token', async (c) => {
    const { code, code_verifier: verifier, redirect_uri: returnTo } = redeemed.parse(await c.req.parseBody());
    const request = codes.get(code);
    codes.delete(code);
    const person = people.find(({ claims }) => claims.sub === request?.person);
    const isHolder = createHash('sha256').update(verifier).digest('base64url') === request?.code_challenge;
    if (!person || !isHolder || request.redirect_uri !== returnTo) return c.json({ error: 'invalid_grant' }, 400);
    const { nonce } = request;
    const id = await token({ ...person.claims, nonce });
    return c.json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: sessionSeconds, id_token: id });
  });
  app.onError((error, c) => c.text(String(error), 400));

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = incoming;
      const body = await buffer(incoming);
      const request = new Request(new URL(url, issuer.url), {
        method,
        headers: { 'content-type': headers['content-type'] ?? 'text/plain' },
        ...(method === 'POST' ? { body } : {}),
      });
      const response = await app.fetch(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    })();
  });
  const issuer = {
    url: await listen(server),
    ...{ clientId, token },
    publicKey: () => exportJWK(publicKey),
    close: () => closeServer(server),
  };
  return issuer;
}

const whoAreYou = (people: readonly (LocalPerson & { to: string })[]) =>
  html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Fournisseur d’identité de ce poste</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <h1>Qui êtes-vous ?</h1>
        <p>Fournisseur d’identité de ce poste : sans mot de passe, et sans valeur ailleurs.</p>
        <ul>
          ${people.map(({ claims, about, to }) => html`<li><a href="${to}">${claims.name}</a> – ${about.fr}</li>`)}
        </ul>
      </body>
    </html>`;
