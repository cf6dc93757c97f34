/** The one page that everybody may load: it has nothing on it until somebody has signed in. */
import { html } from 'hono/html';
import { timings } from '../../shared/facts/timings.ts';

export interface SignIn {
  /** The provider's issuer, as its tokens have it. */
  issuer: string;
  clientId: string;
  /** Where the browser asks for tokens, if not at the issuer's own address. */
  tokenOrigin?: string | undefined;
}

/**
 * `desk-idle` is in milliseconds. `desk-now` tells the client how far its own clock is from ours: a slow clock must not
 * refuse a token.
 */
export const shell = ({ issuer, clientId }: SignIn, now: Date) =>
  html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="desk-issuer" content="${issuer}" />
        <meta name="desk-client" content="${clientId}" />
        <meta name="desk-idle" content="${timings.deskIdle.ms}" />
        <meta name="desk-now" content="${now.toISOString()}" />
        <title>chorus-relay</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/desk.css" />
        <script type="module" src="/desk.js"></script>
      </head>
      <body>
        <div id="desk"></div>
        <noscript>Cette page a besoin de JavaScript.</noscript>
      </body>
    </html>`;
