/** What is left to a person after a command, in order. */
import type { Language, Said } from '../../shared/invoice/spoken.ts';
import { deploymentFrom, projectContext } from '../../infra/deployment.ts';
import type { Owner } from './connection-secret.ts';

const toDoNext: Said = { fr: 'Il reste à faire :', en: 'Next:' };

export const spokenNext = (next: readonly Said[], language: Language): string[] =>
  next.length === 0 ? [] : [toDoNext[language], ...next.map((step, i) => `${i + 1}. ${step[language]}`)];

/** A program reads the steps as well, in one language. */
export const writtenNext = (next: readonly Said[]): string[] => next.map(({ en }) => en);

/** Whether a deployment of the stage has a stack for it. */
export const isInTemplate = ({ stage, connection }: Owner): boolean =>
  deploymentFrom({ ...projectContext(), stage }).connections.includes(connection);
