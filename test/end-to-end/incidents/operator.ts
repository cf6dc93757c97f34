import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOperator } from '../../infra/operator-fixture.ts';
import { runAwsCli, type Answer } from './aws-cli.ts';
import { wordsOf } from './runbook.ts';
import type { World } from './world.ts';

const stage = ['--stage', 'qualification'];
const server = ({ simulator }: World): string[] => ['--chorus-pro', simulator.url, '--piste', simulator.tokenUrl];

/** What the operator adds to a line: everything is on this machine, and a file answers the questions. */
const added: Partial<Record<string, (world: World, credentials: string) => string[]>> = {
  check: server,
  credentials: (world, file) => [...server(world), ...stage, '--from-file', file],
  redrive: () => stage,
  // CloudFormation names the table after its stack, which the local cloud does not.
  status: ({ cloud }) => ['--table', cloud.outputs['LedgerTable'] ?? ''],
};

/** Who follows a runbook: types its commands, and fills in what a page leaves open from the answers before. */
export class Operator {
  readonly #world: World;
  readonly #known = new Map<string, string>([
    ['connection', 'example'],
    ['stage', 'qualification'],
  ]);

  constructor(world: World) {
    this.#world = world;
  }

  /** @returns whether the line was run: one that needs what there is none of is left out, as a person would */
  async run(line: string): Promise<boolean> {
    const open = [...line.matchAll(/<([^>]+)>/g)].map(([, name = '']) => name);
    if (open.some((name) => !this.#known.has(name))) return false;
    const [program = '', ...words] = wordsOf(
      line.replaceAll(/<([^>]+)>/g, (_, name: string) => this.#known.get(name) ?? ''),
    );
    if (program === 'aws') this.#learn(await runAwsCli(words, this.#world.cloud));
    else if (program === 'npx' && words[0] === 'relay') await this.#relay(words.slice(1));
    else throw new Error(`${program} cannot be played`);
    return true;
  }

  async #relay([verb = '', ...args]: readonly string[]): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'chorus-relay-operator-'));
    try {
      const file = join(folder, 'credentials.json');
      await writeFile(file, JSON.stringify(this.#world.credentials));
      const more = added[verb]?.(this.#world, file) ?? [];
      const { code, output } = await runOperator(verb, [...args, ...more], this.#world.cloud);
      if (code !== 0) throw new Error(`npx relay ${verb} ended with ${code}: ${output}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  #learn(answer: Answer): void {
    const { FunctionVersion, KeyMetadata } = answer;
    if (typeof FunctionVersion === 'string') this.#known.set('version', String(Number(FunctionVersion) - 1));
    if (typeof KeyMetadata === 'object' && KeyMetadata && 'KeyId' in KeyMetadata)
      this.#known.set('key', String(KeyMetadata.KeyId));
  }
}
