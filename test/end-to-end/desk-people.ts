/** Five connections, each with somebody who acts; some people are in two. */
export const desks = {
  duval: { act: ['duval@people.example'], read: ['group:lecture duval'] },
  'duval-nord': { act: ['nord@people.example'], read: ['duval@people.example'] },
  bertin: { act: ['group:bertin'], read: [] },
  petit: { act: [], read: ['group:lecture'] },
  leroy: {},
} as const;
type Name = keyof typeof desks;
export const names: readonly Name[] = ['duval', 'duval-nord', 'bertin', 'petit', 'leroy'];

export const people = {
  duval: { sub: 'p-1', email: 'duval@people.example', name: 'Duval' },
  nord: { sub: 'p-2', email: 'Nord@People.example', name: 'Nord' },
  bertin: { sub: 'p-3', email: 'x@people.example', groups: ['bertin', 'autre'], name: 'Bertin' },
  reader: { sub: 'p-4', groups: ['lecture duval'], name: 'Lecture' },
  stranger: { sub: 'p-5', email: 'stranger@people.example', groups: ['duval', 'lecture '], name: 'Stranger' },
} as const;
export type PersonName = keyof typeof people;
export const rights: Readonly<Record<PersonName, Partial<Record<Name, 'read' | 'act'>>>> = {
  duval: { duval: 'act', 'duval-nord': 'read' },
  nord: { 'duval-nord': 'act' },
  bertin: { bertin: 'act' },
  reader: { duval: 'read' },
  stranger: {},
};
export const personNames: readonly PersonName[] = ['duval', 'nord', 'bertin', 'reader', 'stranger'];
