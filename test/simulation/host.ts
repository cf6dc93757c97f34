import type { Chance, Weights } from './chance.ts';
import type { Story, Timeline } from './timeline.ts';

/** What AWS may do to a call of ours. `lost-reply`: it was done, but the reply says that it failed. */
const awsFaults: Weights = { 'crash-before': 0.2, 'crash-after': 0.25, fail: 0.25, 'lost-reply': 0.2, slow: 0.1 };

/** One message makes many calls to AWS. If more of them failed, no message would ever get through. */
const awsShare = 0.35;

export interface HostDependencies {
  timeline: Timeline;
  chance: Chance;
  story: Story;
  /** The rate of faults at this moment. */
  rate: () => number;
}

/** An error of the AWS SDK, as far as the relay looks at it. */
class AwsFailure extends Error {
  readonly $metadata = {};
}

/**
 * One warm execution environment of Lambda: it runs one invocation at a time. Every await goes through here, and the
 * environment can die at each. A dead one never goes on, but what it had sent still arrives.
 */
export class Host {
  readonly name: string;
  dead = false;
  busy = false;
  private readonly dependencies: HostDependencies;

  constructor(name: string, dependencies: HostDependencies) {
    this.name = name;
    this.dependencies = dependencies;
  }

  /** A call to AWS: it succeeds after a while, it fails, or it succeeds and its reply is lost. */
  aws<T>(operation: string, effect: () => T | Promise<T>): Promise<T> {
    const { timeline, chance, story, rate } = this.dependencies;
    const place = chance.next(`${this.name} ${operation}`);
    const fault = chance.fault(place, awsFaults, rate() * awsShare);
    if (fault) story.tell(`${place}: ${fault}`);
    const outMs = chance.between(`${place} out`, 1, fault === 'slow' ? 8_000 : 30);
    return new Promise((resolve, reject) => {
      timeline.after(outMs, () => {
        if (this.dead) return;
        if (fault === 'crash-before') this.crash();
        else if (fault === 'fail') reject(new AwsFailure(operation));
        else void this.perform(effect, { fault, backMs: outMs, operation, resolve, reject });
      });
    });
  }

  private async perform<T>(
    effect: () => T | Promise<T>,
    reply: {
      fault: string | undefined;
      backMs: number;
      operation: string;
      resolve: (value: T) => void;
      reject: (error: Error) => void;
    },
  ): Promise<void> {
    const value = await effect();
    if (reply.fault === 'crash-after') {
      this.crash();
      return;
    }
    this.dependencies.timeline.after(reply.backMs, () => {
      if (this.dead) return;
      if (reply.fault === 'lost-reply') reply.reject(new AwsFailure(reply.operation));
      else reply.resolve(value);
    });
  }

  crash(): void {
    if (this.dead) return;
    this.dead = true;
    this.dependencies.story.tell(`${this.name} dies`);
  }

  /** Runs an invocation. Lambda kills one that takes too long. */
  async invoke(timeoutMs: number, invocation: () => Promise<void>): Promise<void> {
    this.busy = true;
    let running = true;
    this.dependencies.timeline.after(timeoutMs, () => {
      if (running) this.crash();
    });
    await invocation().catch((error: unknown) => this.dependencies.story.tell(`${this.name} throws ${String(error)}`));
    running = false;
    this.busy = false;
  }
}
