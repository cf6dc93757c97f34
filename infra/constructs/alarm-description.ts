/** CloudWatch has one text for all readers of an alarm: it holds both languages, and the address of the runbook. */
export interface Sentence {
  fr: string;
  en: string;
}

/** @param runbook the address of its page, or the path in the repository */
export const alarmDescription = ({ fr, en }: Sentence, runbook: string): string => `${fr} / ${en} Runbook: ${runbook}`;

/** @returns undefined for a text that is not of that form */
export function readAlarmDescription(text: string): (Sentence & { runbook: string }) | undefined {
  const [, fr, en, runbook] = /^(.+?) \/ (.+) Runbook: (\S+)$/s.exec(text) ?? [];
  return fr === undefined || en === undefined || runbook === undefined ? undefined : { fr, en, runbook };
}
