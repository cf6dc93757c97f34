/** The page of a person to whom no connection is open. Perhaps they have another account: the way out is on it. */
import { html } from 'hono/html';
import type { Person } from '../identity.ts';
import type { Html } from './html.ts';

export const nothingOpen = ({ name }: Person): Html =>
  html`<main>
    <h1 tabindex="-1">chorus-relay</h1>
    <p>
      ${name} : aucune connexion ne vous est ouverte. Demandez à la personne qui exploite le relais, ou prenez un autre
      compte.
    </p>
    <p lang="en">${name}: no connection is open to you. Ask whoever operates the relay, or take another account.</p>
    <p>
      <button type="button" data-sign-out>Se déconnecter / <span lang="en">Sign out</span></button>
    </p>
  </main>`;
