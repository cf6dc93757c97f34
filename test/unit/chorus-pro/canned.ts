import { outcomeOf } from '../../../shared/chorus-pro/outcome.ts';
import { chorusProOver, type ChorusPro } from '../../../shared/chorus-pro/chorus-pro.ts';
import type { Call, OperationPath } from '../../../shared/chorus-pro/operations.ts';

export interface Asked {
  path: string;
  body: object;
}

/** Chorus Pro with its responses by path, in order; the last one is repeated. No token, no gateway, no simulator. */
export function canned(responses: Partial<Record<OperationPath, object[]>>, asked: Asked[] = []): ChorusPro {
  const byPath = new Map<string, object[]>(Object.entries(responses));
  const call: Call = (operation, body) => {
    const nth = asked.filter(({ path }) => path === operation.path).length;
    asked.push({ path: operation.path, body });
    const given = byPath.get(operation.path) ?? [];
    const content = JSON.stringify({ codeRetour: 0, libelle: '', ...given[Math.min(nth, given.length - 1)] });
    const status = content.includes('"httpCode"') ? 503 : 200;
    return Promise.resolve(
      outcomeOf(operation.path, { kind: 'response', status, headers: {}, body: content }, operation.response),
    );
  };
  return chorusProOver(call, { remainingMs: () => 20_000 });
}

/** A response of the gateway where Chorus Pro's should be. */
export const broken = { httpCode: '503' };
