/** Chorus Pro, in a process of its own: the simulator, which takes as long for each call as it is told. */
import * as z from 'zod';
import {
  createChorusPro,
  createFaultPlan,
  drivenClock,
  startChorusProServer,
} from '../../../tools/chorus-pro-simulator/index.ts';
import { answerTo } from './processes.ts';

const clock = drivenClock({ start: Date.now(), follow: () => Date.now(), speed: 1 });
const model = createChorusPro({ clock });
const faults = createFaultPlan({ clock });
const { url, tokenUrl } = await startChorusProServer({ model, faults });

answerTo({
  addresses: () => ({ url, tokenUrl }),
  takeLonger: (given) => {
    const milliseconds = z.number().parse(given);
    faults.clear();
    if (milliseconds > 0) faults.add({ kind: 'latency', path: '/cpro/*', milliseconds });
  },
  calls: () => model.effects.calls,
});
