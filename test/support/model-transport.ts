import type { Transport } from '../../shared/chorus-pro/transport.ts';
import {
  applyFaults,
  createFaultPlan,
  type ChorusPro,
  type FaultPlan,
} from '../../tools/chorus-pro-simulator/index.ts';

export const modelUrls = {
  CHORUS_PRO_URL: 'http://chorus-pro.test',
  PISTE_TOKEN_URL: 'http://chorus-pro.test/api/oauth/token',
};

/** Chorus Pro's model in process, as a transport: no socket, the clock stands still while a call runs. */
export function modelTransport(model: ChorusPro, plan: FaultPlan = createFaultPlan({ clock: model.clock })): Transport {
  return ({ method, url, headers, body = '' }) => {
    const request = { method, path: new URL(url).pathname, headers, body };
    const { outcome } = applyFaults({ model, plan, request });
    if (outcome.kind === 'reply') return Promise.resolve({ ...outcome, kind: 'response' });
    return Promise.resolve({ kind: 'lost', why: outcome.kind === 'reset' ? 'ECONNRESET' : 'TimeoutError' });
  };
}
