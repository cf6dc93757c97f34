import { describe, expect, it } from 'vitest';
import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { submitCommand, tinyPdf } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { answering, paths, told } from '../submit-invoice/scenario.ts';
import { about, complete, invoiceAt, path, suspended } from './scenario.ts';

const reasonsOf = ({ published }: Relay) =>
  (published.at(-1)?.data.reasons ?? []).map((one) => `${one.code} ${one.path}`);
const toRecycle = (invoice: object = {}, options = {}) =>
  invoiceAt({ recipient: { siret: RECIPIENTS.toRecycle }, ...invoice }, 1, options);

describe('what the right recipient demands of a recycled invoice is said before Chorus Pro is asked', () => {
  it.each<[what: string, correction: object, reasons: string[]]>([
    ['a commitment', { recipient: { siret: RECIPIENTS.commitmentMandatory } }, ['commitment-required commitment']],
    [
      'a service',
      { recipient: { siret: RECIPIENTS.serviceMandatory }, commitment: 'E-1' },
      ['service-required recipient.service'],
    ],
    [
      'a service of its own',
      { recipient: { siret: RECIPIENTS.serviceMandatory, service: 'VOIRIE' } },
      ['service-unknown recipient.service'],
    ],
    [
      'a service or a commitment',
      { recipient: { siret: RECIPIENTS.commitmentOrService } },
      ['service-or-commitment-required recipient.service'],
    ],
    ['to be there', { recipient: { siret: '35600000000048' } }, ['recipient-unknown recipient.siret']],
    ['to be active', { recipient: { siret: RECIPIENTS.inactive } }, ['recipient-inactive recipient.siret']],
    ['to be a public body', { recipient: { siret: SUPPLIERS.stranger } }, ['recipient-is-a-company recipient.siret']],
  ])('%s', async (_what, correction, reasons) => {
    const world = await toRecycle();
    await world.submit(about('invoice.recycle', correction));
    expect(told(world).at(-1)).toBe('answer-refused');
    expect(reasonsOf(world)).toEqual(reasons);
    expect(world.model.effects.calls[path('recycler')]).toBeUndefined();
  });

  it('not to be the company that approves the invoice', async () => {
    const world = await invoiceAt({ framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } }, 1);
    world.model.setStatus('F-2026-0001', 'A_RECYCLER');
    await world.submit(about('invoice.recycle', { recipient: { siret: SUPPLIERS.wrongValidator } }));
    expect(reasonsOf(world)).toContain('validator-is-recipient recipient.siret');
    expect(world.model.effects.calls[path('recycler')]).toBeUndefined();
  });

  it('unless the invoice has it already', async () => {
    const world = await toRecycle({ commitment: 'E-1' });
    await world.submit(about('invoice.recycle', { recipient: { siret: RECIPIENTS.commitmentMandatory } }));
    expect(told(world).at(-1)).toBe('answered');
  });

  it('also of the recipient that stays, with the service that it has', async () => {
    const world = await invoiceAt(
      { recipient: { siret: RECIPIENTS.serviceMandatory, service: 'SERVICE_DEST_SERV_OBL' } },
      0,
    );
    world.model.setStatus('F-2026-0001', 'A_RECYCLER');
    await world.submit(about('invoice.recycle', { commitment: 'E-1' }));
    expect(told(world).at(-1)).toBe('answered');
  });

  it('and waits if the directory cannot be read', async () => {
    const no = JSON.stringify({ codeRetour: 20001, libelle: 'GDP_MSG_11.005' });
    let refusing = false;
    const world = await toRecycle({}, { transport: answering(paths.structure, (body) => (refusing ? no : body)) });
    refusing = true;
    const recipient = { siret: RECIPIENTS.commitmentMandatory };
    expect(await world.submit(about('invoice.recycle', { recipient }))).toEqual({
      kind: 'retry',
      reason: 'directory-refused',
    });
  });
});

describe('a validator who cannot be one', () => {
  const client = RECIPIENTS.nothingMandatory;
  const unfit: [who: string, siret: string, code: string][] = [
    ['nobody that Chorus Pro knows', '35600000000048', 'validator-unknown'],
    ['the supplier itself', SUPPLIERS.company, 'validator-is-supplier'],
    ['an agency of the supplier', SUPPLIERS.agency, 'validator-is-supplier'],
    ['the recipient itself', client, 'validator-is-recipient'],
  ];

  it.each(unfit)('is refused before an invoice is sent: %s', async (_who, siret, code) => {
    for (const framework of ['A9', 'A12']) {
      const world = relay();
      const invoice = { framework, validator: { siret }, recipient: { siret: client } };
      await world.submit(submitCommand({ invoice }));
      expect(told(world)).toEqual(['refused']);
      expect(reasonsOf(world)).toEqual([`${code} invoice.validator.siret`]);
    }
  });

  it.each([...unfit, ['the wrong one again', SUPPLIERS.wrongValidator, 'validator-unchanged'] as const])(
    'is refused before Chorus Pro is asked to correct it: %s',
    async (_who, siret, code) => {
      const world = await invoiceAt({ framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } }, 1);
      await world.submit(about('invoice.correct-validator', { validator: { siret } }));
      expect(reasonsOf(world)).toEqual([`${code} validator.siret`]);
      expect(world.model.effects.calls[path('corriger/valideur/facture')]).toBeUndefined();
    },
  );

  it('is told if it is another public body: one may be a main contractor, but seldom is', async () => {
    const validator = { siret: RECIPIENTS.manyServices };
    const world = relay();
    await world.submit(submitCommand({ invoice: { framework: 'A9', validator } }));
    expect(world.published[0]?.data.notes).toMatchObject([
      { code: 'validator-is-public', path: 'invoice.validator.siret' },
    ]);
    const second = await invoiceAt({ framework: 'A9', validator: { siret: SUPPLIERS.wrongValidator } }, 1);
    await second.submit(about('invoice.correct-validator', { validator }));
    expect(told(second).at(-1)).toBe('answered');
    expect(second.published.at(-1)?.data.notes).toMatchObject([
      { code: 'validator-is-public', path: 'validator.siret' },
    ]);
  });
});

it('an attachment of an unlisted type is refused, with the list, before it is uploaded', async () => {
  const world = await suspended();
  const attachments = [{ name: 'pv.pdf', content: tinyPdf, typeCode: 'PROCES_VERBAL' }];
  await world.submit({ ...complete, attachments });
  expect(reasonsOf(world)).toEqual(['attachment-type-unknown attachments[0].typeCode']);
  expect(world.published.at(-1)?.data.reasons?.[0]?.fr).toContain('DIVERS (Pièce diverse)');
  expect(world.model.effects.calls[paths.attachment]).toBeUndefined();
});
