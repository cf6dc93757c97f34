/** Who is at the desk: from the claims of the provider's token to a person and their connections. */
import { decode } from 'hono/jwt';
import * as z from 'zod';
import type { Connections } from '../../shared/connection/connections.ts';
import { groupPrefix, type Right } from '../../shared/connection/desk-setting.ts';
import { timings } from '../../shared/facts/timings.ts';

export interface Person {
  /** Written of who did something: the verified e-mail address, or else the provider's own id of the person (`sub`). */
  id: string;
  /** For people. */
  name: string;
  /** Those that the person may see, in the order of their names; `act` includes `read`. */
  connections: readonly { name: string; may: Right }[];
}

/** What API Gateway says of the token that it has checked: all as text, and lists with spaces between their parts. */
const checkedSchema = z.object({ sub: z.string(), iss: z.string(), iat: z.string(), exp: z.string() });

const namesSchema = z.union([z.array(z.string()), z.string().transform((name) => [name])]).default([]);
/** Some providers write it as text. */
const verifiedSchema = z.union([z.boolean(), z.literal('true').transform(() => true)]).catch(false);

const claimsSchema = z.object({
  sub: z.string().min(1),
  iss: z.string(),
  /** Epoch seconds; `auth_time` is when the person signed in, where the provider says it. */
  iat: z.number(),
  exp: z.number(),
  auth_time: z.number().optional(),
  email: z.string().toLowerCase().optional(),
  email_verified: verifiedSchema,
  name: z.string().optional(),
  groups: namesSchema,
  'cognito:groups': namesSchema,
  roles: namesSchema,
});
type Claims = z.infer<typeof claimsSchema>;

/**
 * The claims of a token that API Gateway has checked. They are read from the token itself, since the gateway's own
 * words do not tell a group with a space in its name from two groups; that it speaks of the same token is compared.
 * @param said the claims in the gateway's own words; undefined on a route that it does not check
 * @returns undefined if the gateway has not checked this token
 */
export function claimsOf(said: unknown, authorization: string | undefined): Claims | undefined {
  const checked = checkedSchema.safeParse(said).data;
  const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  if (!checked || token === undefined) return undefined;
  const claims = claimsSchema.safeParse(payloadOf(token)).data;
  const isSame =
    claims?.sub === checked.sub &&
    claims.iss === checked.iss &&
    String(claims.iat) === checked.iat &&
    String(claims.exp) === checked.exp;
  return isSame ? claims : undefined;
}

function payloadOf(token: string): unknown {
  try {
    return decode(token).payload;
  } catch {
    return undefined;
  }
}

/** Whether the session that the token is of has lasted too long, whatever the token itself says. */
export const isOver = ({ auth_time, iat }: Claims, now: Date): boolean =>
  now.getTime() - (auth_time ?? iat) * 1000 >= timings.deskSession.ms;

/** An address counts only if the provider has verified it; groups are the provider's own word. */
const namesOf = ({ email, email_verified: isVerified, ...claims }: Claims): ReadonlySet<string> =>
  new Set([
    ...(email !== undefined && isVerified ? [email] : []),
    ...[...claims.groups, ...claims['cognito:groups'], ...claims.roles].map((group) => `${groupPrefix}${group}`),
  ]);

const verifiedAddress = ({ email, email_verified: isVerified }: Claims): string | undefined =>
  isVerified ? email : undefined;

export async function personOf(claims: Claims, connections: Pick<Connections, 'roster'>): Promise<Person> {
  const names = namesOf(claims);
  const isNamed = (list: readonly string[] = []) =>
    list.some((name) => names.has(name.startsWith(groupPrefix) ? name : name.toLowerCase()));
  const roster = await connections.roster();
  return {
    id: verifiedAddress(claims) ?? claims.sub,
    name: claims.name ?? claims.email ?? claims.sub,
    connections: roster
      .filter(({ state }) => state === 'connected')
      .flatMap(({ name, desk }): { name: string; may: Right }[] => {
        if (isNamed(desk?.act)) return [{ name, may: 'act' }];
        return isNamed(desk?.read) ? [{ name, may: 'read' }] : [];
      }),
  };
}

/** What the person may do there; undefined as well if there is no such connection. */
export const rightIn = ({ connections }: Person, connection: string): Right | undefined =>
  connections.find(({ name }) => name === connection)?.may;
