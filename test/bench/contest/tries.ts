/** What was tried to take less of the processor, in the order in which it was tried. */
export interface Try {
  what: string;
  brought: string;
  kept: boolean;
}

export const tries: readonly Try[] = [
  {
    what: 'S3 over Node’s own client with the signer of the SDK, instead of `fetch` with `aws4fetch`',
    brought: '1.1 to 1.9 ms a request became 0.4 to 0.5; three requests an invoice. 100 MB less memory',
    kept: true,
  },
  {
    what: 'No pause of a timer before the first try of each request to S3',
    brought: 'a millisecond of waiting for each of three requests',
    kept: true,
  },
  {
    what: 'Log lines and metrics as JSON of our own, without Powertools',
    brought: '0.6 ms an invoice became 0.1; 32 KB of each bundle',
    kept: true,
  },
  {
    what: 'Timers that are cleared, instead of `AbortSignal.timeout`, which makes an error for nobody seconds later',
    brought: '0.1 to 0.3 ms an invoice',
    kept: true,
  },
  {
    what: 'Up to four calls of a connection at once in one function, given back when its batch is done',
    brought: 'the pace of a batch of one connection, which was one call at a time; a third of the GB-seconds',
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
      '0.4 ms of 0.7 a request in a trial. It is not done: retries and errors would be our own, in the very writes on which exactly-once rests',
    kept: false,
  },
  {
    what: 'Publishing before the record is written, to save the third write',
    brought:
      'not measured: after a crash between the two, another event would get the number of one that was published',
    kept: false,
  },
];
