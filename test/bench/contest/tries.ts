/** What was tried to take less of the processor, in the order in which it was tried. */
export interface Try {
  what: string;
  brought: string;
  kept: boolean;
}

export const tries: readonly Try[] = [
  {
    what: 'S3 over Node’s own client with the signer of the SDK, instead of `fetch` with `aws4fetch`',
    brought:
      'a request took 1.1 to 1.9 ms before, three an invoice. With the next three: from 1.42 times the usual stack to 0.93 in runs of 200 invoices, and 100 MB less memory. Since then an invoice keeps what was exchanged with Chorus Pro: a request more, and a larger record',
    kept: true,
  },
  { what: 'No timer before the first try of each request to S3', brought: 'not measured alone', kept: true },
  {
    what: 'Log lines and metrics as JSON of our own, without Powertools',
    brought: 'seven lines took 0.6 ms before; 32 KB of each bundle',
    kept: true,
  },
  {
    what: 'Timers that are cleared, instead of `AbortSignal.timeout`, which makes an error for nobody seconds later',
    brought: '0.1 ms an invoice, in a profile',
    kept: true,
  },
  {
    what: 'Up to four calls of a connection at once in one function, given back when its batch is done',
    brought:
      'of one connection, at 100 ms a call and batches of ten, 240 ms an invoice became 150 on a busy machine. Four functions with one connection: no difference that could be told from noise (64 and 68 %, once 39 %)',
    kept: true,
  },
  {
    what: 'Node’s `--single-threaded`, and a larger young generation of the heap',
    brought: 'nothing that could be told from noise',
    kept: false,
  },
  {
    what: 'The outbox of a record as one text, so that the client of DynamoDB has fewer values to walk through',
    brought: '0.1 ms of 1.0 a write; but nobody could read events in the table any more',
    kept: false,
  },
  {
    what: 'Requests to DynamoDB and SNS signed without the SDK',
    brought:
      'not built: by its parts 0.4 ms of 0.75 a request. Retries and errors would be our own, in the very writes on which exactly-once rests',
    kept: false,
  },
  {
    what: 'Events of a batch in one request to SNS',
    brought: 'in batches of ten, two or three requests instead of ten; nothing for an invoice alone',
    kept: true,
  },
  {
    what: 'The SDK’s clients without the middleware that copies what is asked and answered, for a log that nobody keeps',
    brought: '2.8 % of a profile',
    kept: true,
  },
  {
    what: 'Lines of one moment in one writing',
    brought: 'writing them was 5.8 % of a profile; about half of that',
    kept: true,
  },
  {
    what: 'Events in the outbox without what their record says itself',
    brought: '22 write units of the table for an invoice instead of 32: 0.007 dollars for a thousand',
    kept: true,
  },
  {
    what: 'Descriptions of fields, zod’s part for published schemas and the SDK’s for streams of events left out of bundles',
    brought: '65 of 749 KB; of a start 1 to 3 %, which can hardly be told from noise',
    kept: true,
  },
  {
    what: 'zod’s `meta()` left out of bundles too, which copies each schema for a note',
    brought: 'nothing that could be told from noise',
    kept: false,
  },
  {
    what: 'V8’s compile cache, made with the bundle, on a disk that is read-only',
    brought:
      'works there: 131 ms instead of 155. Not kept: it holds only for the very version of Node and the architecture that made it. Lambda changes the first by itself, ours are built on another machine, and nobody would see that it is off',
    kept: false,
  },
  {
    what: 'Storing the exchange with Chorus Pro beside the write to the ledger, and a command while its file is read',
    brought: 'two of eight requests fewer in a row: what two requests to S3 take at AWS; nothing of the processor',
    kept: true,
  },
  {
    what: 'One object for a command and its document',
    brought:
      'not built: 0.005 dollars for a thousand, and a request. Evidence, desk, retries and lifecycle read them apart, and a refused command has no document',
    kept: false,
  },
  {
    what: 'Publishing before the record is written, to save the third write',
    brought: 'not built: after a crash between the two, another event would get the number of one that was published',
    kept: false,
  },
  {
    what: 'The day’s key for signatures made ready once, and not for each of eight requests',
    brought: 'a signature took 0.03 ms for that alone, seven times what the rest of it takes',
    kept: true,
  },
  {
    what: 'A timer that ends a request, instead of a signal that does',
    brought: '0.06 ms of a request over Node’s own client, of which an invoice makes six',
    kept: true,
  },
  {
    what: 'The schema by which a gateway’s own response is known, made once and read only after a refusal',
    brought: '2.3 % of a profile',
    kept: true,
  },
  {
    what: 'Lines of one turn of Node’s loop in one writing, and not only those of one moment',
    brought: 'a writing less of five for an invoice alone, more in batches: each took 0.1 ms',
    kept: true,
  },
  {
    what: 'What speaks to SQS loaded with the first message that is not done; reasons of facts, and the SDK’s store of endpoints, left out of bundles',
    brought: '51 KB of 685',
    kept: true,
  },
  {
    what: 'A connection that is open already for the call that must not be repeated',
    brought:
      'some 5 % of an invoice, and at AWS a handshake. Not kept: if the other side has just closed it, the call is in doubt for hours',
    kept: false,
  },
];
