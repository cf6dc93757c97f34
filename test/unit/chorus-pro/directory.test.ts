import { describe, expect, it } from 'vitest';
import { brokenRecipientRules } from '../../../shared/chorus-pro/directory.ts';
import { knownRecipient } from '../../../shared/chorus-pro/directory-entries.ts';
import type { Recipient, RecipientService } from '../../../shared/chorus-pro/structures.ts';
import { MANY_SERVICES, RECIPIENTS, SUPPLIERS, type CallPath } from '../../../tools/chorus-pro-simulator/index.ts';
import { completeCommand } from '../../support/commands.ts';
import { relay, type Relay } from '../../support/relay.ts';
import { paths } from '../submit-invoice/scenario.ts';

const deadline = { remainingMs: () => 20_000 };
const siret = RECIPIENTS.commitmentMandatory;

async function directoryOf({ dependencies }: Relay) {
  const access = await dependencies.access('example');
  if (!access) throw new Error('no example');
  return access.directory(deadline);
}
const askedOf = ({ model }: Relay, path: CallPath): number => model.effects.calls[path] ?? 0;

describe('the directory', () => {
  it('calls Chorus Pro once a day for a known recipient', async () => {
    const world = relay();
    const ask = async () => (await directoryOf(world)).recipient(siret);
    const first = await ask();
    expect(first).toMatchObject({ kind: 'accepted', value: { siret, commitmentRequired: true } });
    world.advance(24 * 60 - 1);
    expect(await ask()).toEqual(first);
    expect(askedOf(world, paths.structure)).toBe(1);
    world.advance(1);
    expect(await ask()).toEqual(first);
    expect(askedOf(world, paths.structure)).toBe(2);
  });

  it('reads an entry older than a minute again before an invoice is refused over it', async () => {
    const world = relay();
    const ask = async () => (await directoryOf(world)).recipient(siret, 'fresh');
    await ask();
    world.advance(0.9);
    await ask();
    expect(askedOf(world, paths.structure)).toBe(1);
    world.advance(0.1);
    await ask();
    expect(askedOf(world, paths.structure)).toBe(2);
  });

  it('shares its entries with the other functions', async () => {
    const world = relay();
    await (await directoryOf(world)).suppliers(SUPPLIERS.company);
    const kept = await world.ledger.recall('suppliers#example');
    const other = relay();
    other.faults.add({ kind: 'maintenance' });
    await other.ledger.remember('suppliers#example', typeof kept === 'object' && kept ? kept : {});
    const own = await (await directoryOf(other)).suppliers(SUPPLIERS.company);
    expect(own.kind === 'accepted' && Object.keys(own.value ?? {})).toContain(SUPPLIERS.company);
    expect(askedOf(other, paths.suppliers)).toBe(0);
  });

  it('forgets an entry that nobody has read again for more than a year', async () => {
    const world = relay();
    const expiry = async () => {
      await (await directoryOf(world)).recipient(siret);
      return world.ledger.item(`memory#recipient#qualification#${siret}`);
    };
    const from = (days: number) => ({ expiresAt: world.now().getTime() / 1000 + days * 24 * 60 * 60 });
    expect(await expiry()).toMatchObject(from(400));
    world.advance(2 * 24 * 60);
    expect(await expiry()).toMatchObject(from(400));
    world.advance(400 * 24 * 60);
    world.reopen();
    world.faults.add({ kind: 'maintenance' });
    expect(await knownRecipient(world.ledger, { environment: 'qualification', siret })).toBeUndefined();
    expect(await (await directoryOf(world)).recipient(siret)).toMatchObject({ kind: 'not-done' });
  });

  it('serves a stale entry when Chorus Pro does not respond', async () => {
    const world = relay();
    const before = await (await directoryOf(world)).recipient(siret);
    world.advance(30 * 24 * 60);
    world.faults.add({ kind: 'maintenance' });
    expect(await (await directoryOf(world)).recipient(siret)).toEqual(before);
  });

  it('does not guess a missing entry', async () => {
    const world = relay();
    world.faults.add({ kind: 'maintenance' });
    expect(await (await directoryOf(world)).recipient(siret)).toMatchObject({
      kind: 'not-done',
      reason: 'platform-down',
    });
  });

  it('looks up an unknown recipient again, as it may have been created since', async () => {
    const world = relay();
    for (let i = 0; i < 2; i += 1) {
      expect(await (await directoryOf(world)).recipient('35600000000048')).toEqual({
        kind: 'accepted',
        value: undefined,
      });
    }
    expect(askedOf(world, paths.structure)).toBe(2);
  });

  it('looks up a recipient again when the stored entry cannot be read', async () => {
    const world = relay();
    await world.ledger.remember(`recipient#qualification#${siret}`, {
      at: world.now().toISOString(),
      value: { siret },
    });
    expect(await (await directoryOf(world)).recipient(siret)).toMatchObject({ value: { commitmentRequired: true } });
  });

  it('keeps the services of each recipient apart', async () => {
    const world = relay();
    const many = await (await directoryOf(world)).recipient(RECIPIENTS.manyServices);
    if (many.kind !== 'accepted' || !many.value) throw new Error('no recipient');
    const ask = async (code: string) => (await directoryOf(world)).service(many.value ?? never(), code);
    expect(await ask(MANY_SERVICES.last)).toMatchObject({ value: { active: true } });
    expect(await ask(MANY_SERVICES.inactive)).toMatchObject({ value: { active: false } });
    expect(await ask('ATELIERS')).toEqual({ kind: 'accepted', value: undefined });
  });
});

function never(): never {
  throw new Error('checked above');
}

describe('the demands of a recipient', () => {
  const recipient: Recipient = {
    siret: RECIPIENTS.nothingMandatory,
    structureId: 1,
    active: true,
    publicBody: true,
    serviceRequired: false,
    commitmentRequired: false,
    serviceOrCommitmentRequired: false,
    worksOnly: false,
    paymentNotReported: false,
  };
  const service: RecipientService = { serviceId: 7, code: 'S1', active: true, commitmentRequired: false };
  const invoice = (changes: object = {}, to: object = {}) =>
    completeCommand({ invoice: { recipient: { siret: RECIPIENTS.nothingMandatory, ...to }, ...changes } }).invoice;
  const codes = (of: ReturnType<typeof invoice>, parties: Parameters<typeof brokenRecipientRules>[1]) =>
    brokenRecipientRules(of, parties).map(({ code, path }) => `${code} at ${path}`);

  it.each<[what: string, of: ReturnType<typeof invoice>, parties: Parameters<typeof brokenRecipientRules>[1]]>([
    ['there are none', invoice(), { recipient }],
    [
      'the service is given',
      invoice({}, { service: 'S1' }),
      { recipient: { ...recipient, serviceRequired: true }, service },
    ],
    [
      'the commitment is given',
      invoice({ commitment: 'E' }),
      { recipient: { ...recipient, commitmentRequired: true } },
    ],
    [
      'one of two is given',
      invoice({ commitment: 'E' }),
      { recipient: { ...recipient, serviceOrCommitmentRequired: true } },
    ],
    [
      'the validator is there',
      invoice({ validator: { siret: SUPPLIERS.mainContractor } }),
      { recipient, validator: recipient },
    ],
  ])('are met when %s', (_what, of, parties) => {
    expect(codes(of, parties)).toEqual([]);
  });

  it('are all reported at once', () => {
    const demanding = {
      ...recipient,
      active: false,
      worksOnly: true,
      serviceRequired: true,
      commitmentRequired: true,
      serviceOrCommitmentRequired: true,
    };
    const of = invoice({ validator: { siret: SUPPLIERS.mainContractor } });
    expect(codes(of, { recipient: demanding, validator: { ...recipient, active: false } })).toEqual([
      'recipient-inactive at invoice.recipient.siret',
      'recipient-works-only at invoice.recipient.siret',
      'service-required at invoice.recipient.service',
      'commitment-required at invoice.commitment',
      'service-or-commitment-required at invoice.recipient.service',
      'validator-unknown at invoice.validator.siret',
    ]);
  });

  it('may be the service’s own', () => {
    const of = invoice({}, { service: 'S1' });
    expect(codes(of, { recipient, service: { ...service, commitmentRequired: true } })).toEqual([
      'commitment-required at invoice.commitment',
    ]);
    expect(codes(of, { recipient, service: { ...service, active: false } })).toEqual([
      'service-inactive at invoice.recipient.service',
    ]);
    expect(codes(of, { recipient })).toEqual(['service-unknown at invoice.recipient.service']);
  });

  it('of an unknown recipient cannot be checked; the validator’s can', () => {
    const of = invoice({ validator: { siret: SUPPLIERS.mainContractor } });
    expect(codes(of, { recipient: undefined })).toEqual([
      'recipient-unknown at invoice.recipient.siret',
      'validator-unknown at invoice.validator.siret',
    ]);
  });
});
