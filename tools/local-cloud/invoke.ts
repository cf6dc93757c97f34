import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readEndpoints, type Endpoints } from './endpoints.ts';

const usage = `usage: npm run invoke -- <function> [event.json | '{"inline": "event"}'] [--json] [--help]

Invokes a function of the relay that "npm run local" has brought up, and prints its answer. The function may be named
by the end of its name: poll-statuses.

  --json   the answer on one line

exit codes: 0 answered, 1 the function failed, 2 wrong usage, 3 the relay is not up`;

class Refusal extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

async function eventFrom(given: string | undefined): Promise<string> {
  if (given === undefined) return '{}';
  const text = given.trimStart().startsWith('{')
    ? given
    : await readFile(given, 'utf8').catch(() => {
        throw new Refusal(`cannot read ${given}`, 2);
      });
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Refusal(`the event is not JSON: ${String(error)}`, 2);
  }
  return text;
}

async function ask({ endpoint, region }: Endpoints, name: string, event: string): Promise<Response> {
  const scope = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/${region}/lambda/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=operator/${scope}, SignedHeaders=host, Signature=none`;
  const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  try {
    return await fetch(url, { method: 'POST', headers: { authorization }, body: event });
  } catch {
    throw new Refusal(`nothing answers at ${endpoint}: start the relay with "npm run local"`, 3);
  }
}

function parse() {
  const options = { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error), 2);
  }
}

async function invoke(): Promise<number> {
  const { values, positionals } = parse();
  const [name, given, ...tooMany] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (name === undefined || tooMany.length > 0) throw new Refusal(usage, 2);
  const event = await eventFrom(given);
  const endpoints = await readEndpoints();
  if (!endpoints) throw new Refusal('the relay is not up: start it with "npm run local"', 3);
  const response = await ask(endpoints, name, event);
  const answer: unknown = await response.json();
  if (response.status === 404)
    throw new Refusal(`no function '${name}'; there are: ${endpoints.functions.join(', ')}`, 2);
  console.log(JSON.stringify(answer, undefined, values.json ? undefined : 2));
  return response.ok && !response.headers.has('x-amz-function-error') ? 0 : 1;
}

try {
  process.exitCode = await invoke();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Refusal ? error.exitCode : 1;
}
