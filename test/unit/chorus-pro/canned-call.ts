import { outcomeOf } from '../../../shared/chorus-pro/outcome.ts';
import type { Call } from '../../../shared/chorus-pro/session.ts';

export const deadline = { remainingMs: () => 20_000 };

export interface Asked {
  path: string;
  body: object;
}

/** Chorus Pro with its answers by path, in order; the last one is repeated. No token, no gateway, no model. */
export function cannedCall(answers: Record<string, object[]>, asked: Asked[] = []): Call {
  return (operation, body) => {
    const nth = asked.filter(({ path }) => path === operation.path).length;
    asked.push({ path: operation.path, body });
    const given = answers[operation.path] ?? [];
    const content = JSON.stringify({ codeRetour: 0, libelle: '', ...given[Math.min(nth, given.length - 1)] });
    const status = content.includes('"httpCode"') ? 503 : 200;
    return Promise.resolve(
      outcomeOf(operation.path, { kind: 'answer', status, headers: {}, body: content }, operation.answer),
    );
  };
}

/** An answer of the gateway where Chorus Pro's should be. */
export const broken = { httpCode: '503' };
