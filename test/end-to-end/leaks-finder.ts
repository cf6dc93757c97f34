/** A value that must not be where it does not belong. */
export interface Mark {
  name: string;
  value: string;
}

const cutBefore = [0, 2, 3] as const;

/** The characters of base64 that a value always makes, wherever it begins in what is encoded. */
function inBase64(bytes: Buffer, offset: 0 | 1 | 2, encoding: 'base64' | 'base64url'): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString(encoding)
    .replaceAll('=', '');
  return whole.slice(cutBefore[offset], (offset + bytes.length) % 3 === 0 ? undefined : -1);
}

/** As it is, as JSON and URLs write it, in hexadecimal, and in base64, alone or with something before it. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = ([0, 1, 2] as const).flatMap((offset) => [
    inBase64(bytes, offset, 'base64'),
    inBase64(bytes, offset, 'base64url'),
  ]);
  const escaped = JSON.stringify(value).slice(1, -1);
  return [
    value,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('hex'),
    ...base64,
  ];
}

/** Looks for marks in whatever it is shown, and remembers what it found where. */
export class LeakFinder {
  readonly #marks: { name: string; forms: string[] }[];
  readonly #found = new Set<string>();
  /** Where it has looked. */
  readonly places = new Set<string>();
  /** How many bytes it has seen: a finder that was shown nothing finds nothing. */
  bytes = 0;

  constructor(marks: readonly Mark[]) {
    this.#marks = marks.map(({ name, value }) => ({ name, forms: [...new Set(formsOf(value))] }));
  }

  look(where: string, content: Buffer | string): void {
    const text = typeof content === 'string' ? content : content.toString('latin1');
    this.bytes += text.length;
    this.places.add(where);
    const asUtf8 = typeof content === 'string' ? content : content.toString('utf8');
    for (const { name, forms } of this.#marks)
      if (forms.some((form) => text.includes(form) || asUtf8.includes(form))) this.#found.add(`${name} in ${where}`);
  }

  get found(): string[] {
    return [...this.#found].sort();
  }
}
