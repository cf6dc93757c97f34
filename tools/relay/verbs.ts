/** The verbs of `npx relay`. Each command is loaded only when it is called: loading all of them would take seconds. */
import type { Verbs } from '../command-line/run.ts';

export const verbs: Verbs = {
  local: {
    about: 'bring the whole relay up on this machine, with a simulator of Chorus Pro',
    load: async () => (await import('./local.ts')).local,
  },
  send: {
    about: 'put samples, or commands of your own, on the local relay’s queue',
    load: async () => (await import('./send.ts')).send,
  },
  clock: {
    about: 'let time pass in the local relay: +40d',
    load: async () => (await import('./clock.ts')).clock,
  },
  trouble: {
    about: 'make something go wrong in the local relay, to practise',
    load: async () => (await import('./trouble.ts')).trouble,
  },
  invoke: {
    about: 'invoke a function of the local relay',
    load: async () => (await import('./local.ts')).invoke,
  },
  check: {
    about: 'check a connection link by link, from PISTE to each SIRET',
    load: async () => (await import('./check.ts')).check,
  },
  credentials: {
    about: 'ask for a connection’s credentials, try them, then store them',
    load: async () => (await import('./credentials.ts')).credentials,
  },
  validate: {
    about: 'say what the relay would say of commands, without sending them',
    load: async () => (await import('./validate.ts')).validate,
  },
  connect: {
    about: 'check a connection and store it in the cloud, or bring back what it was before',
    load: async () => (await import('./connect.ts')).connect,
  },
  disconnect: {
    about: 'stop a connection: count what is under way, send and read nothing for it any more',
    load: async () => (await import('./disconnect.ts')).disconnect,
  },
  alarms: {
    about: 'list the alarms that ring, each with what to do',
    load: async () => (await import('./alarms.ts')).alarms,
  },
  status: {
    about: 'list the invoices, those that wait for a person first',
    load: async () => (await import('./status.ts')).status,
  },
  retentions: {
    about: 'list what recipients keep back of invoices, and until when',
    load: async () => (await import('./retentions.ts')).retentions,
  },
  validations: {
    about: 'list what subcontractors ask to validate, and until when',
    load: async () => (await import('./validations.ts')).validations,
  },
  dismiss: {
    about: 'say that an invoice which asks for an action needs none any more',
    load: async () => (await import('./dismiss.ts')).dismiss,
  },
  retry: {
    about: 'put an invoice in doubt on again that the relay has given up',
    load: async () => (await import('./retry.ts')).retry,
  },
  letter: {
    about: 'write the letter that claims interest for a late payment',
    load: async () => (await import('./letter.ts')).letter,
  },
  support: {
    about: 'write the request for Chorus Pro’s support about an invoice',
    load: async () => (await import('./support.ts')).support,
  },
  evidence: {
    about: 'put all that the relay can show of an invoice into one file, or check such a file',
    load: async () => (await import('./evidence.ts')).evidence,
  },
  'dead-letters': {
    about: 'list the messages that the relay gave up; show, send back or delete one',
    load: async () => (await import('./dead-letters.ts')).deadLetters,
  },
  redrive: {
    about: 'move a connection’s dead letters back to their queue',
    load: async () => (await import('./redrive.ts')).redrive,
  },
  restore: {
    about: 'after a restore of the ledger: verify the restored table, apply it',
    verbs: {
      verify: {
        about: 'compare a restored table with the document store; changes nothing',
        load: async () => (await import('./restore.ts')).verify,
      },
      apply: {
        about: 'copy into the ledger what only the restored table still has',
        load: async () => (await import('./restore.ts')).apply,
      },
    },
  },
  contract: {
    about: 'compare Swaggers from PISTE’s console with what the code uses',
    load: async () => (await import('./contract.ts')).contract,
  },
  build: {
    about: 'bundle the functions and show their sizes',
    load: async () => (await import('./build.ts')).build,
  },
  docs: {
    about: 'write the pages and schemas of docs/ that are made from the code',
    load: async () => (await import('../docs/generate.ts')).docs,
  },
  release: {
    about: 'make a version: changelog, commit and tag',
    load: async () => (await import('./release.ts')).release,
  },
  guard: {
    about: 'say whether a deployment would lose anything that is kept',
    load: async () => (await import('../guard/guard.ts')).guard,
  },
};
