import * as z from 'zod';

/** Where the events of a connection wait for its ERP. */
export const inboxSetting = z
  .enum(['shared', 'own'])
  .default('shared')
  .describe(
    'Where the connection’s events wait for its ERP: in the queue that it has in common with others (`shared`), which all their ERPs can read, or in a queue of its `own`, which is part of its stack (docs/events.md). To change it: docs/runbooks/connections.md.',
  );
