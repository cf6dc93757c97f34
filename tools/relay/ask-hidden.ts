import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Terminal {
  input: NodeJS.ReadableStream;
  /** Where questions go; standard output stays for the answer of the command. */
  output: NodeJS.WritableStream;
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

class Interrupted extends Error {
  constructor() {
    super('interrupted: nothing was stored');
  }
}

/** Asks one thing after the other. `hidden` does not show what is typed. @throws Interrupted at Ctrl-C and at the end of the input */
export class Questions {
  private readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Readline itself would print the question where it echoes. */
  hidden(question: string): Promise<string> {
    this.terminal.output.write(question);
    return this.ask('', nowhere());
  }

  shown(question: string): Promise<string> {
    return this.ask(question, this.terminal.output);
  }

  private async ask(question: string, echo: NodeJS.WritableStream): Promise<string> {
    const { input, output } = this.terminal;
    const reading = createInterface({ input, output: echo, terminal: true });
    try {
      const { promise, reject } = Promise.withResolvers<never>();
      reading.once('SIGINT', () => reject(new Interrupted()));
      reading.once('close', () => reject(new Interrupted()));
      const answer = await Promise.race([reading.question(question), promise]);
      return answer.trim();
    } finally {
      reading.removeAllListeners('close');
      reading.close();
      output.write('\n');
    }
  }
}
