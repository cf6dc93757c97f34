/** What `npx relay send samples` does not send, since an ERP would send it only later. */
import type { Language } from '../../shared/invoice/spoken.ts';
import { labelOf } from '../../shared/lists/status-label.ts';
import { waits } from '../demo/drop.ts';
import type { Sample } from '../demo/sample.ts';

const texts = {
  fr: {
    head: 'Non envoyés, car ils attendent l’état d’une autre facture :',
    line: (name: string, of: string, status: string) =>
      `  ${name}, une fois que ${of} est à l’état « ${status} » : npx relay send samples/${name}.json`,
  },
  en: {
    head: 'Not sent, since these wait for the status of another invoice:',
    line: (name: string, of: string, status: string) =>
      `  ${name}, once ${of} has the status “${status}”: npx relay send samples/${name}.json`,
  },
} as const;

/** @returns a line for each, or nothing */
export function leftOut(samples: readonly Sample[], language: Language): string[] {
  const { head, line } = texts[language];
  const found = samples.filter(waits);
  if (found.length === 0) return [];
  const statusOf = (status: string | undefined) => labelOf({ status, state: 'followed', request: undefined }, language);
  return [head, ...found.map(({ name, after, once }) => line(name, numberOf(samples, after), statusOf(once)))];
}

const numberOf = (samples: readonly Sample[], name = ''): string => {
  const sample = samples.find((one) => one.name === name);
  return sample && 'command' in sample ? sample.command.invoice.number : name;
};
