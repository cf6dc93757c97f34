/** What a command tells a person to type next acts on the relay that the command itself acted on. */

/** The verbs that take `--local`, of those that people are told to type. */
const verbs = [
  ...['alarms', 'check', 'connect', 'credentials', 'dead-letters', 'disconnect', 'dismiss', 'evidence', 'letter'],
  ...['redrive', 'restore', 'retentions', 'retry', 'status', 'support', 'validations'],
];
/** As far as a quotation mark, punctuation or the end of the line: what is told to be typed is followed by no words. */
const typed = new RegExp(`npx relay (?:${verbs.join('|')})(?: [^\\s"«»\`,;:()]*[^\\s"«»\`,;:().])*`, 'g');

/** @param local whether the command was given `--local` */
export const hinted = (text: string, local: boolean): string =>
  local ? text.replace(typed, (whole) => (whole.includes('--local') ? whole : `${whole} --local`)) : text;
