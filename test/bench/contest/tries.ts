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
    what: 'Publishing before the record is written, to save the third write',
    brought: 'not built: after a crash between the two, another event would get the number of one that was published',
    kept: false,
  },
];
