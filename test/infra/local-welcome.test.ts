import { expect, it } from 'vitest';
import { PROJECT_MANAGERS, RECIPIENTS } from '../../tools/chorus-pro-simulator/index.ts';
import { practiceWith, welcome } from '../../tools/relay/welcome.ts';

const endpoints = {
  ...{ endpoint: 'http://aws', region: 'eu-west-3', bucket: 'documents', table: 't', topic: 't' },
  ...{ queues: {}, functions: [], outputs: {}, chorusProUrl: 'http://chorus-pro' },
};
const companies = [{ siret: '99920001700013', name: 'Bertin', services: [], bankAccounts: [] }];
const practice = practiceWith(companies, { works: false });
const files = { addresses: '.local/endpoints.json', log: '.local/relay.log' };

it('gives what there is to practise with, for people and as JSON', () => {
  const screen = welcome(endpoints, { connections: ['bertin'], practice, files, language: 'en', width: 80 });
  for (const text of [
    '99920001700013',
    'Bertin',
    RECIPIENTS.suspends,
    files.addresses,
    files.log,
    '--port N',
    'npx relay credentials bertin --local',
  ])
    expect(screen).toContain(text);
  expect(practice.companies).toEqual([{ siret: '99920001700013', name: 'Bertin' }]);
  expect(practice.recipients).toContainEqual({
    siret: RECIPIENTS.rejects,
    does: { fr: 'rejette la facture après 2 jours', en: 'rejects after 2 days' },
  });
  expect(Object.keys(practice.credentials)).toContain('technicalPassword');
});

it('says nothing of a simulator, a clock or practice credentials where the server is a real one', () => {
  const screen = welcome(endpoints, { connections: ['bertin'], practice: undefined, files, language: 'en', width: 80 });
  expect(screen).toContain('npx relay send samples/01-plain.json');
  expect(screen).not.toMatch(/simulator|relay clock|technicalPassword/);
});

it.each([
  ['fr', 'Marchés de travaux', 'ne répond jamais'],
  ['en', 'Works contracts', 'never answers'],
] as const)(
  'lists the project managers that differ, in %s, if a connection has works contracts',
  (language, ...texts) => {
    const withWorks = practiceWith(companies, { works: true });
    const screen = welcome(endpoints, { connections: ['bertin'], practice: withWorks, files, language, width: 200 });
    for (const text of [...texts, PROJECT_MANAGERS.refuses, PROJECT_MANAGERS.silent]) expect(screen).toContain(text);
    const without = welcome(endpoints, { connections: ['bertin'], practice, files, language, width: 200 });
    for (const text of [...texts, PROJECT_MANAGERS.refuses]) expect(without).not.toContain(text);
  },
);

it('names each other connection, with its inbox', () => {
  const queues = { 'chorus-relay-qualification-erp-inbox-duval': 'http://own' };
  const outputs = { ErpInboxQueueUrl: 'http://shared' };
  const screenOf = (...connections: string[]) =>
    welcome({ ...endpoints, queues, outputs }, { connections, practice, files, language: 'en', width: 80 });
  expect(screenOf('bertin', 'duval', 'blanc')).toMatch(
    /The other connections[^:]*:\n +duval {2}http:\/\/own\n +blanc {2}http:\/\/shared\n/,
  );
  expect(screenOf('bertin')).not.toContain('other connections');
});

it.each([
  ['fr', 80],
  ['fr', 100],
  ['en', 80],
  ['en', 100],
] as const)('cuts no word in %s on a terminal of %i columns, and leaves commands on one line', (language, width) => {
  const withWorks = practiceWith(companies, { works: true });
  const asked = { connections: ['bertin', 'duval'], practice: withWorks, files, language };
  const screen = welcome(endpoints, { ...asked, width }).split('\n');
  expect(screen.filter((line) => line.length > width && !/^ {2}\S/.test(line))).toEqual([]);
  const commands = (lines: readonly string[]) => lines.filter((line) => /^ {2}\S/.test(line));
  expect(commands(screen)).toEqual(commands(welcome(endpoints, { ...asked, width: 1000 }).split('\n')));
});
