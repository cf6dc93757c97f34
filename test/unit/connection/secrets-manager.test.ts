import { once } from 'node:events';
import { createServer } from 'node:http';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretsManagerCredentials } from '../../../shared/connection/secrets-manager.ts';

const secret = {
  pisteClientId: 'client',
  pisteClientSecret: 'secret',
  technicalLogin: 'TECH',
  technicalPassword: 'password',
};

/** Secrets Manager with one secret. Every read is counted. */
async function secretsManager() {
  const state = {
    readings: 0,
    text: JSON.stringify(secret),
    version: 'v1',
    status: 200,
    failure: 'InternalServiceError',
    nowMs: 0,
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      state.readings += 1;
      const found = {
        Name: Buffer.concat(chunks).toString(),
        SecretString: state.text,
        VersionId: state.version,
        CreatedDate: 1_700_000_000,
      };
      response.writeHead(state.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(state.status === 200 ? found : { __type: state.failure, message: 'no' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-west-3',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(async () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const read = secretsManagerCredentials(client, 'qualification', () => new Date(state.nowMs));
  return { state, read: (how?: 'cached' | 'fresh') => read('example', how) };
}

describe('the credentials of a connection', () => {
  it('are read once every five minutes, and once for concurrent callers', async () => {
    const { state, read } = await secretsManager();
    const expected = { ...secret, version: 'v1', versionCreatedAt: new Date(1_700_000_000_000) };
    expect(await Promise.all([read(), read()])).toEqual([expected, expected]);
    state.nowMs = 299_999;
    await read();
    expect(state.readings).toBe(1);
    state.nowMs = 300_000;
    await read();
    expect(state.readings).toBe(2);
  });

  it('are read again on demand, and all later callers get the new ones', async () => {
    const { state, read } = await secretsManager();
    await read();
    state.version = 'v2';
    expect(await read()).toMatchObject({ version: 'v1' });
    expect(await read('fresh')).toMatchObject({ version: 'v2' });
    expect(await read()).toMatchObject({ version: 'v2' });
  });

  it.each(['', 'not JSON', '{}', JSON.stringify({ ...secret, technicalLogin: '' })])(
    'are none when the secret holds %j, and are looked for again',
    async (text) => {
      const { state, read } = await secretsManager();
      state.text = text;
      expect(await read()).toBeUndefined();
      state.text = JSON.stringify(secret);
      expect(await read()).toMatchObject({ pisteClientId: 'client' });
    },
  );

  it.each([
    ['there is no secret, or no value in it', 'ResourceNotFoundException'],
    ['the secret is scheduled for deletion', 'InvalidRequestException'],
    ['the functions may not read it any more', 'AccessDeniedException'],
  ])('are undefined when %s: the connection was taken out', async (_why, failure) => {
    const { state, read } = await secretsManager();
    Object.assign(state, { status: 400, failure });
    expect(await read()).toBeUndefined();
    state.status = 200;
    expect(await read()).toMatchObject({ version: 'v1' });
  });

  it('throw an outage when Secrets Manager fails, and the next call reads again', async () => {
    const { state, read } = await secretsManager();
    state.status = 500;
    await expect(read()).rejects.toThrow();
    state.status = 200;
    expect(await read()).toMatchObject({ version: 'v1' });
  });
});
