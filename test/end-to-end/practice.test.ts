import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { projectRoot } from '../../infra/deployment.ts';
import { Erp } from '../../tools/demo/erp.ts';
import { RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { sqsClient } from '../../tools/local-cloud/clients.ts';
import { readEndpoints } from '../../tools/local-cloud/endpoints.ts';
import { runVerbs } from '../infra/operator-fixture.ts';
import { pdfText, submitCommand } from '../support/commands.ts';

const relayCommand = join(projectRoot, 'tools', 'start.js');

/** Reads a line as a shell does, as far as the hints need it: words, $VARIABLES, 'quoted words', `> file`. */
function wordsOf(line: string, variables: Record<string, string>): { words: string[]; into: string | undefined } {
  const [text = '', into] = line
    .trim()
    .replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? '')
    .split(' > ');
  const words = [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return { words, into };
}

describe('what "npx relay local" prints', () => {
  let folder: string;
  let child: ChildProcess;
  let screen = '';
  let logged = '';
  const shell: Record<string, string> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'practice-'));
    const env = { ...process.env, LC_ALL: 'en_GB.UTF-8', RELAY_LOCAL: folder };
    child = spawn(process.execPath, [relayCommand, 'local'], { env });
    child.stderr?.on('data', (chunk: Buffer) => (logged += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
      child.stdout?.on('data', (chunk: Buffer) => {
        screen += chunk.toString();
        if (screen.includes('    technicalPassword')) resolve();
      });
    });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true });
  });

  const environment = () => ({ ...process.env, ...shell, LC_ALL: 'en_GB.UTF-8', RELAY_LOCAL: folder });

  const operate = async (...args: string[]): Promise<string> => {
    const { code, output, errors } = await runVerbs(args, environment());
    expect([code, errors.split('\n').filter((line) => !line.startsWith('day '))]).toEqual([0, ['']]);
    return output;
  };

  /** As a person types it: a process of its own. */
  const typed = async (...args: string[]): Promise<string> => {
    const options = { env: environment(), cwd: projectRoot };
    const { stdout } = await promisify(execFile)(process.execPath, [relayCommand, ...args], options);
    return stdout;
  };

  /** The AWS CLI, by the SDK's call of the same operation. */
  async function aws(words: readonly string[]): Promise<string> {
    const option = (name: string) => words[words.indexOf(`--${name}`) + 1] ?? '';
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_DEFAULT_REGION: region = '', AWS_ACCESS_KEY_ID = '' } = shell;
    const sqs = sqsClient({ endpoint, region, accessKeyId: AWS_ACCESS_KEY_ID });
    const QueueUrl = option('queue-url');
    try {
      if (words.includes('receive-message')) {
        const WaitTimeSeconds = Number(option('wait-time-seconds'));
        const MaxNumberOfMessages = Number(option('max-number-of-messages'));
        const asked = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds, MaxNumberOfMessages });
        return JSON.stringify(await sqs.send(asked));
      }
      expect(words).toContain('send-message');
      const MessageBody = await readFile(join(folder, option('message-body').replace('file://', '')), 'utf8');
      const message = { QueueUrl, MessageBody, MessageGroupId: option('message-group-id') };
      return JSON.stringify(await sqs.send(new SendMessageCommand(message)));
    } finally {
      sqs.destroy();
    }
  }

  async function run(line: string): Promise<string> {
    const { words, into } = wordsOf(line, shell);
    const [program, ...args] = words;
    if (program === 'export') {
      Object.assign(shell, Object.fromEntries(args.map((pair) => pair.split('='))));
      return '';
    }
    if (program === 'aws') return aws(args);
    if (program === 'curl') {
      const [url = '', , body] = args;
      const response = await fetch(url, body === undefined ? {} : { method: 'POST', body });
      expect(response.status).toBe(200);
      return response.text();
    }
    expect([program, args[0]]).toEqual(['npx', 'relay']);
    const output = await typed(...args.slice(1));
    if (into === undefined) return output;
    await writeFile(join(folder, into), output);
    return '';
  }

  it('works as it is printed, line by line', async () => {
    // All samples at once would hide which line sent what.
    const hints = screen.split('\n').filter((line) => /^ {2}\S/.test(line) && !line.endsWith('send samples'));
    const said: Record<string, string> = {};
    let sent = 0;
    const allThere = async () => {
      expect(JSON.parse(await operate('status', '--local', '--json'))).toHaveLength(sent);
    };
    for (const line of hints) {
      said[line] = await run(line);
      if (!/send samples\/01|send-message/.test(line)) continue;
      sent += 1;
      // A person types more slowly than the relay sends.
      await vi.waitFor(allThere, 120_000);
    }
    expect(hints.filter((line) => !line.includes('export'))).toHaveLength(11);
    const outputOf = (part: string) => said[hints.find((line) => line.includes(part)) ?? ''];
    expect(outputOf('send samples/01')).toContain('FA-2026-0101');
    expect(outputOf('relay status')).toContain('1 invoice');
    expect(outputOf('receive-message')).toContain('chorus-relay.invoice.');
    expect(outputOf('clock')).toContain('in the local relay');
    const state = await run(hints.find((line) => line.endsWith('/simulator/state')) ?? '');
    const invoices = z.object({ invoices: z.array(z.looseObject({ number: z.string(), status: z.string() })) });
    expect(invoices.parse(JSON.parse(state)).invoices).toMatchObject([
      { number: 'FA-2026-0101', status: 'MISE_EN_PAIEMENT' },
      { number: 'FA-2026-0102', status: 'PRISE_EN_COMPTE_DESTINATAIRE' },
    ]);
  });

  it('takes a command of one’s own as it is, or with a document under the key that it names', async () => {
    const key = 'incoming/example/OWN-1.pdf';
    const own = submitCommand({ invoice: { number: 'OWN-1' }, command: { document: { name: 'OWN-1.pdf', key } } });
    const [file, pdf] = [join(folder, 'own.json'), join(folder, 'facture.pdf')];
    await writeFile(file, JSON.stringify(own, undefined, 2));
    await writeFile(pdf, pdfText());
    expect(await operate('send', file, '--print')).toBe(`${await readFile(file, 'utf8')}\n`);
    await operate('send', file, '--document', pdf);
    await vi.waitFor(async () => {
      const rows = z.array(z.looseObject({ number: z.string(), state: z.string() }));
      const all = rows.parse(JSON.parse(await operate('status', '--local', '--json')));
      expect(all.find(({ number }) => number === 'OWN-1')).toMatchObject({ state: 'followed' });
    }, 120_000);
  });

  it('lets a subcontractor ask for a validation, which the list then has', async () => {
    expect(await operate('send', 'samples/31-validation.json')).toContain('ST-2026-07');
    await operate('clock', '+1h');
    expect(await operate('validations', '--local')).toContain('ST-2026-07');
  });

  it.each([
    ['19-no-command', /"facture":"FA-2026-0117"/],
    ['20-duplicate', /"number":"FA-2026-0/],
    ['08-attachments', /"key":"incoming\/example\//],
  ])('makes the message of %s too', async (sample, message) => {
    expect(await operate('send', `samples/${sample}.json`, '--print')).toMatch(message);
  });

  it('lists the companies, the special recipients and the credentials', () => {
    for (const text of ['99910001900028', 'Caen', RECIPIENTS.rejects, 'rejects after 2 days', 'TECH_1_00001@cpro.fr'])
      expect(screen).toContain(text);
  });

  it('makes trouble by one word: it rings, is mended, and what it stopped is sent', async () => {
    const named = z.array(z.object({ name: z.string() }).transform(({ name }) => name));
    const ringing = async () => named.parse(JSON.parse(await operate('alarms', '--local', '--json')));
    const before = await ringing();
    for (const alarm of ['invoices-dead-letters', 'unknown-status']) expect(before).not.toContain(alarm);
    for (const word of ['message-broken', 'record-damaged', 'status-unknown']) await operate('trouble', word);
    await operate('send', 'samples/02-vat-rates.json', '--number', 'DAMAGED-1');
    const listed = await operate('trouble');
    for (const word of ['record-damaged', 'status-unknown']) expect(listed).toContain(`* ${word} `);
    await operate('clock', '+3h');
    expect(await ringing()).toEqual(expect.arrayContaining(['invoices-dead-letters', 'unknown-status']));
    await operate('trouble', 'none');
    const back = z.looseObject({ messages: z.array(z.unknown()), left: z.looseObject({ unreadable: z.number() }) });
    const redriven = back.parse(JSON.parse(await operate('redrive', 'example', '--local', '--json')));
    expect([redriven.messages.length, redriven.left.unreadable]).toEqual([1, 1]);
    await vi.waitFor(async () => {
      expect(await operate('status', '--local')).toContain('DAMAGED-1');
    }, 120_000);
  });

  it('lets forty days pass: an unpaid invoice is late, and the poll tells it', async () => {
    const changes = ['--recipient', RECIPIENTS.paysLate, '--number', 'MINE-1'];
    const sent = await operate('send', 'samples/01-plain.json', ...changes, '--json');
    expect(JSON.parse(sent)).toMatchObject({ connection: 'example', number: 'MINE-1' });
    const clock = async (...args: string[]) =>
      Date.parse(z.object({ now: z.string() }).parse(JSON.parse(await operate('clock', ...args, '--json'))).now);
    const before = await clock();
    expect(Math.round(((await clock('+40d')) - before) / 86_400_000)).toBe(40);
    const endpoints = await readEndpoints(join(folder, 'endpoints.json'));
    if (!endpoints) throw new Error('the relay is not up');
    const erp = new Erp(endpoints);
    const events = await erp.readInbox();
    erp.close();
    const types = events.filter(({ data }) => data.number === 'MINE-1').map(({ type }) => type);
    expect(types).toContain('chorus-relay.invoice.late.v1');
    expect(types).not.toContain('chorus-relay.invoice.paid.v1');
  });

  it('keeps what the functions log beside the addresses, says where, and shows what somebody should know', async () => {
    const line = /^\S+-give-turns  \{.*"level":"INFO"/m;
    expect(await readFile(join(folder, 'relay.log'), 'utf8')).toMatch(line);
    expect(screen).toContain(join(folder, 'relay.log'));
    expect(logged).toMatch(/"level":"(WARN|ERROR)"/);
    expect(logged).not.toContain('"level":"INFO"');
  });
});
