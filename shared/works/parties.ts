/** Who takes part in a works contract, in the words of events and pages. */
export const parties = {
  'main-contractor': { fr: 'le titulaire', en: 'the main contractor' },
  lead: { fr: 'le mandataire du groupement', en: 'the lead of the group' },
  'co-contractor': { fr: 'le cotraitant', en: 'the co-contractor' },
  subcontractor: { fr: 'le sous-traitant', en: 'the subcontractor' },
  'project-manager': { fr: 'le maître d’œuvre', en: 'the project manager' },
  'works-owner': { fr: 'le maître d’ouvrage', en: 'the works owner' },
  recipient: { fr: 'le destinataire, qui paie', en: 'the recipient, who pays' },
} as const satisfies Record<string, { fr: string; en: string }>;

export type Party = keyof typeof parties;

/** Who must act next: a party, Chorus Pro itself, or nobody any more. */
export const actors = {
  ...parties,
  'chorus-pro': { fr: 'Chorus Pro', en: 'Chorus Pro' },
  nobody: { fr: 'personne', en: 'nobody' },
} as const satisfies Record<string, { fr: string; en: string }>;

export type Actor = keyof typeof actors;

export const isActor = (name: string): name is Actor => Object.hasOwn(actors, name);
