import { holderOf, secretLabels, type SecretVersions } from '../../../shared/connection/secrets-manager.ts';

/** A secret with a current version `old`; Secrets Manager's rule: a label moves only from where it is said to stand. */
export function secretInMemory(current: string, createdAt: Date) {
  const labels: Record<string, string[]> = { old: [secretLabels.current] };
  const texts = new Map([['old', current]]);
  const secret: SecretVersions = {
    labels: () => Promise.resolve(structuredClone(labels)),
    read: (version) => {
      const text = texts.get(version);
      return Promise.resolve(text === undefined ? undefined : { text, createdAt });
    },
    put: (version, text, label) => {
      texts.set(version, text);
      labels[version] = [...new Set([...(labels[version] ?? []), label])];
      return Promise.resolve();
    },
    move: (label, { from, to }) => {
      if (holderOf(labels, label) !== from) return Promise.reject(new Error(`${label} does not stand on ${from}`));
      if (from !== undefined) labels[from] = (labels[from] ?? []).filter((one) => one !== label);
      if (to !== undefined) labels[to] = [...(labels[to] ?? []), label];
      return Promise.resolve();
    },
  };
  return {
    secret,
    labels,
    text: (version: string) => texts.get(version),
    /** As an operator does, and then as Secrets Manager does. */
    stage: (text: string) => {
      texts.set('staged', text);
      labels['staged'] = [secretLabels.next];
      labels['new'] = [secretLabels.pending];
    },
  };
}
