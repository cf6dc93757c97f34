/** Every function of the cloud. */
import { functionNameIn } from '../arn.ts';
import type { Outcome } from './execution-environment.ts';
import { LambdaFunction, type FunctionDefinition, type Platform } from './lambda-function.ts';

export class Functions {
  readonly #platform: Platform;
  readonly #functions: LambdaFunction[] = [];
  readonly #pending = new Set<Promise<void>>();
  /** Every address and port that a function's socket was connected to. */
  readonly reached = new Set<string>();

  constructor(platform: Omit<Platform, 'onReached'>) {
    this.#platform = { ...platform, onReached: (address) => void this.reached.add(address) };
  }

  get names(): string[] {
    return this.#functions.map(({ name }) => name);
  }

  get running(): number {
    return this.#functions.reduce((sum, { busy }) => sum + busy, this.#pending.size);
  }

  deploy(definition: FunctionDefinition): void {
    this.#functions.push(new LambdaFunction(definition, this.#platform));
  }

  /** By name or ARN, or by the end of a name after a hyphen if only one function has it. */
  find(reference: string): LambdaFunction | undefined {
    const wanted = functionNameIn(reference);
    const meant = this.#functions.filter(({ name }) => name.endsWith(`-${wanted}`));
    return this.#functions.find(({ name }) => name === wanted) ?? (meant.length === 1 ? meant[0] : undefined);
  }

  get(reference: string): LambdaFunction {
    const found = this.find(reference);
    if (found) return found;
    throw new Error(`there is no function ${reference}; there are: ${this.names.join(', ') || 'none'}`);
  }

  async invoke(reference: string, event: unknown): Promise<Outcome> {
    return this.get(reference).invoke(event);
  }

  /** Ends when Lambda has nothing more to try. */
  invokeAsync(reference: string, event: unknown): Promise<void> {
    const run = this.get(reference)
      .invokeAsync(event)
      .finally(() => this.#pending.delete(run));
    this.#pending.add(run);
    return run;
  }

  /** Ends a busy environment of some function mid-call. @returns the function's name, if one was busy */
  killRandom(random: () => number = Math.random): string | undefined {
    const busy = this.#functions.filter((one) => one.busy > 0);
    const victim = busy[Math.floor(random() * busy.length)];
    return victim?.kill() ? victim.name : undefined;
  }

  recycle(): void {
    for (const one of this.#functions) one.recycle();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#functions.map((one) => one.stop()));
    await Promise.allSettled(this.#pending);
  }
}
