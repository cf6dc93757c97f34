/** The pages of docs/ that have a French counterpart, and why the others have none. */

/** English page → French page, under docs/. The generator, and the test of LISEZMOI.md, go by this table. */
export const frenchPages = {
  'building-trade.md': 'fr/le-btp.md',
  'commands.md': 'fr/commandes.md',
  'desk.md': 'fr/le-bureau.md',
  'events.md': 'fr/evenements.md',
  'evidence.md': 'fr/preuve.md',
  'getting-connected.md': 'fr/mise-en-service.md',
  'interest.md': 'fr/interets-moratoires.md',
  'list-of-invoices.md': 'fr/liste-des-factures.md',
  'morning-mail.md': 'fr/courriel-du-matin.md',
  'payment-terms.md': 'fr/delais-de-paiement.md',
  'reasons.md': 'fr/motifs.md',
  'retentions.md': 'fr/retenues.md',
  'statuses.md': 'fr/etats.md',
  'works.md': 'fr/les-travaux.md',
  'runbooks/connections.md': 'fr/procedures/connexions.md',
  'runbooks/credentials.md': 'fr/procedures/identifiants.md',
  'runbooks/dead-letters.md': 'fr/procedures/messages-en-erreur.md',
  'runbooks/in-doubt.md': 'fr/procedures/factures-en-doute.md',
  'runbooks/practise.md': 'fr/procedures/exercices.md',
  'runbooks/README.md': 'fr/procedures/README.md',
  'runbooks/release.md': 'fr/procedures/versions.md',
  'runbooks/retries.md': 'fr/procedures/reports.md',
} as const;

/** Folders in which every page has a French one of the same name. */
export const frenchFolders = { 'runbooks/alarms': 'fr/procedures/alarmes' } as const;

/** Generated pages and runbooks without a French counterpart, and who reads them. */
export const inEnglishOnly = {
  'cost.md': 'read once, by whoever decides on AWS; the README gives the figure in French',
  'e-invoices.md': 'gives the terms and the rules in both languages itself',
  'ledger.md': 'for whoever works on the relay; the states that people see are in both languages there',
  'limits-and-timings.md': 'for whoever works on the relay or runs it',
  'logs.md': 'log codes and log messages are English',
  'scale.md': 'for whoever decides on AWS, and whoever works on the relay',
  'to-try-first.md': 'for whoever works on the relay',
  'runbooks/desk.md':
    'for whoever administers the AWS account and the provider; what the accountant needs is in desk.md',
  'runbooks/incidents.md': 'what was played in tests; its commands are those of the runbooks',
  'runbooks/key.md': 'for whoever administers the AWS account',
  'runbooks/restore.md': 'for whoever administers the AWS account; its commands explain themselves',
} as const satisfies Record<string, string>;
