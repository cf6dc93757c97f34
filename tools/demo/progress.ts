/** Shows progress: one line that changes on a terminal, plain lines elsewhere. */
export interface Progress {
  /** A step begins. */
  step: (text: string) => void;
  /** A step goes on; a `milestone` is worth a plain line. */
  update: (text: string, milestone: boolean) => void;
  /** The last line stays. */
  end: () => void;
}

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/** A terminal of unknown width counts as a wide one. */
export const widthOf = ({ columns }: Pick<NodeJS.WriteStream, 'columns'>): number => columns || Infinity;

const clearLine = '\r\u001b[2K';

export function progressOn(output: Output): Progress {
  if (!output.isTTY) {
    const say = (text: string) => void output.write(`${text}\n`);
    return { step: say, update: (text, milestone) => milestone && say(text), end: () => undefined };
  }
  const draw = (text: string) => void output.write(clearLine + text.slice(0, widthOf(output) - 1));
  let open = false;
  return {
    step: (text) => {
      if (open) output.write('\n');
      open = true;
      draw(text);
    },
    update: (text) => {
      open = true;
      draw(text);
    },
    end: () => {
      if (open) output.write('\n');
      open = false;
    },
  };
}
