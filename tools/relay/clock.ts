/** `npx relay clock`: lets time pass in the local relay and in its simulator of Chorus Pro. */
import * as z from 'zod';
import { readSpan } from '../chorus-pro-simulator/index.ts';
import { command, common, Failure, notUp, option } from '../command-line/command.ts';
import { progressOn } from '../command-line/terminal.ts';
import { awsFor, relayIsNotUp } from './targets.ts';

const aSpan = 'is no span of at most 400 days, such as +40d, +12h or +30m';
const spanSchema = z.string().refine((text) => readSpan(text) !== undefined, aSpan);

const minute = 60_000;
/** How much the relay lets pass at a time: a request that takes minutes would be given up. */
const sliceMinutes = 5 * 24 * 60;

async function forward(clockUrl: string, minutes: number): Promise<void> {
  const body = JSON.stringify({ forward: `${minutes}m` });
  const response = await fetch(clockUrl, { method: 'POST', body }).catch(() => {
    throw relayIsNotUp();
  });
  if (!response.ok) throw new Failure(`the clock did not move: ${await response.text()}`);
}

export const clock = command({
  about: `Lets time pass in the relay that "npx relay local" has brought up, and in its simulator of Chorus Pro. On the way the
statuses are read twice a day. Without a span it says what time it is there.`,
  takes: {
    span: option('span', spanSchema.optional(), 'how much: +40d, +12h, +30m; at most 400 days'),
    json: common.json,
  },
  positionals: ['span'],
  notes: `Time goes forward only; a relay that comes up begins at the machine's own time. To see an
invoice be late, send one to the recipient that pays late, then let 40 days pass.
By hand: curl ADDRESS/simulator/clock --json '{"forward":"40d"}'`,
  exitCodes: { 0: 'done', [notUp.code]: notUp.about },
  run: async ({ span, json }) => {
    const { endpoints } = await awsFor({ local: true });
    const clockUrl = endpoints?.clockUrl;
    if (clockUrl === undefined) throw new Failure('this relay talks to a real server: its time is not ours to move');
    const whole = (readSpan(span ?? '0m') ?? 0) / minute;
    const progress = progressOn(process.stderr);
    for (let passed = 0; passed < whole; passed += sliceMinutes) {
      progress.update(`day ${Math.floor(passed / (24 * 60))} of ${Math.ceil(whole / (24 * 60))} …`);
      await forward(clockUrl, Math.min(whole - passed, sliceMinutes));
    }
    progress.clear();
    const now = (await awsFor({ local: true })).now().toISOString();
    console.log(json ? JSON.stringify({ now }) : `It is ${now} in the local relay.`);
    return 0;
  },
});
