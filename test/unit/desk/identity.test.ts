import { describe, expect, it } from 'vitest';
import { claimsOf, isOver, personOf } from '../../../functions/desk/identity.ts';
import { deskSetting } from '../../../shared/connection/desk-setting.ts';
import { heldConnections } from '../../support/example-connection.ts';
import { ask, claimsWith, deskConnections, deskNow, tokenWith } from '../../support/desk.ts';

const connections = heldConnections(deskConnections);
const said = (claims: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(claimsWith(claims)).map(([name, value]) => [name, String(value)]));

async function personWith(claims: Record<string, unknown>) {
  const read = claimsOf(said(claims), `Bearer ${tokenWith(claims)}`);
  return read && personOf(read, connections);
}

describe('a person at the desk', () => {
  it.each([
    ['an address that acts in one and reads in another', { email: 'Compta@Duval.example' }, 'bertin: read, duval: act'],
    ['an address that is not verified', { email: 'compta@duval.example', email_verified: false }, ''],
    ['an address of which nothing is said', { email: 'compta@duval.example', email_verified: undefined }, ''],
    ['an address that is verified in words', { email: 'compta@bertin.example', email_verified: 'true' }, 'bertin: act'],
    ['a group', { groups: ['Lecture seule'] }, 'duval: read'],
    ['a group of Cognito', { 'cognito:groups': ['Lecture seule'] }, 'duval: read'],
    ['a role', { roles: 'Lecture seule' }, 'duval: read'],
    ['groups whose names are its words', { groups: ['Lecture', 'seule'] }, ''],
    ['a group that is called as an address', { groups: ['compta@duval.example'] }, ''],
    ['a name alone', { name: 'compta@duval.example' }, ''],
  ])('is known by %s', async (_what, claims, expected) => {
    const person = await personWith(claims);
    const seen = person?.connections.map(({ name, may }) => `${name}: ${may}`).sort();
    expect(seen?.join(', ')).toBe(expected);
  });

  it('is written of by their verified address, or else by the provider’s id', async () => {
    expect((await personWith({ email: 'Compta@duval.example' }))?.id).toBe('compta@duval.example');
    expect((await personWith({ email: 'compta@duval.example', email_verified: false }))?.id).toBe('person-1');
  });

  it('to whom no connection is open can take another account', async () => {
    const page = await (await ask('/pages', { claims: { name: 'Sacha <b>', email: 'sacha@duval.example' } })).text();
    expect(page).toContain('Sacha &lt;b&gt; : aucune connexion ne vous est ouverte');
    expect(page).toContain('data-sign-out');
  });

  it('is nobody if the gateway has checked no token, or another one', () => {
    const bearer = `Bearer ${tokenWith({})}`;
    expect(claimsOf(said({}), bearer)).toBeDefined();
    expect(claimsOf(undefined, bearer)).toBeUndefined();
    for (const other of [{ sub: 'person-2' }, { iss: 'https://other.example' }, { iat: 1 }, { exp: 1 }])
      expect(claimsOf(said(other), bearer)).toBeUndefined();
    for (const header of [undefined, '', 'Bearer', 'Bearer a.b.c', tokenWith({}), `${bearer},${bearer}`])
      expect(claimsOf(said({}), header)).toBeUndefined();
  });

  it('signs in again after a working day, whenever the token was issued', () => {
    const ago = (hours: number) => deskNow.getTime() / 1000 - hours * 3600;
    const over = (claims: Record<string, unknown>) => {
      const read = claimsOf(said(claims), `Bearer ${tokenWith(claims)}`);
      return read && isOver(read, deskNow);
    };
    expect(over({ iat: ago(7.9) })).toBe(false);
    expect(over({ iat: ago(8) })).toBe(true);
    expect(over({ iat: ago(0.1), auth_time: ago(8) })).toBe(true);
  });
});

describe('the people in a connection’s settings', () => {
  it.each(['compta@duval.example', 'group:Lecture seule', 'group:/finance', 'group:x@y'])('may be %s', (name) => {
    expect(deskSetting.safeParse({ act: [name] }).success).toBe(true);
  });
  it.each(['compta', 'group:', 'group: compta', 'groupe:compta', '@duval.example', 'a@b@c', 'a b@c', '*'])(
    'may not be %s',
    (name) => {
      expect(deskSetting.safeParse({ read: [name] }).success).toBe(false);
    },
  );
});

describe('the desk', () => {
  it('has its shell for everybody, and everything else for who is signed in', async () => {
    for (const path of ['/', '/desk.js', '/desk.css']) expect((await ask(path)).status, path).toBe(200);
    expect((await ask('/pages')).status).toBe(401);
    const page = await (await ask('/pages', { claims: { email: 'compta@duval.example' } })).text();
    expect(page).toContain('href="#/bertin/fr/to-do"');
  });

  it('shows a name as text', async () => {
    const page = await (await ask('/pages', { claims: { name: '<img src=x onerror=alert(1)>' } })).text();
    expect(page).not.toContain('<img');
  });
});
