import { describe, expect, it } from 'vitest';
import { RECIPIENTS } from '../../../tools/chorus-pro-simulator/index.ts';
import { noteCredentialEnds } from '../../../shared/tracking/credential-ends.ts';
import { listAsked, worksToldName } from '../../../shared/tracking/works-asked.ts';
import { asked } from '../validations/scenario.ts';
import { submitCommand } from '../../support/commands.ts';
import { accounts, boss, mornings, paid, submitted } from './morning.ts';

describe('the morning mail', () => {
  it('does not come on a quiet day, and is not asked for again', async () => {
    const { mail, mailbox } = mornings();
    expect(await mail()).toEqual({ connection: 'example', endings: { quiet: 1 } });
    expect(await mail()).toEqual({ connection: 'example', endings: { before: 1 } });
    expect(mailbox.sent).toEqual([]);
  });

  it('says what is to do, once a day, as long as it is to be done', async () => {
    const morning = mornings();
    const { mail, mailbox, days } = morning;
    await submitted(morning, 'F-1', RECIPIENTS.suspends);
    await days(2);
    expect(await mail()).toMatchObject({ endings: { sent: 1 } });
    expect(await mail()).toMatchObject({ endings: { before: 1 } });
    expect(mailbox.sent).toMatchObject([{ to: accounts, subject: 'chorus-relay example : 1 a faire' }]);
    expect(mailbox.sent[0]?.text).toMatch(/^- F-1, .*Suspendue$/m);
    await days(1);
    await mail();
    expect(mailbox.sent).toHaveLength(2);
  });

  it('says which documents of a works contract wait for an answer', async () => {
    const { mail, mailbox, world } = mornings({ morningMail: [{ to: accounts }], works: {} });
    const example = { name: 'example', environment: 'qualification' } as const;
    const asks = { number: 'PDF-1DG', framework: 'A20', until: '2027-01-12' };
    await world.ledger.remember(worksToldName(example, 7), { version: 1, status: 'A_ASSOCIER_FOURNISSEUR', asks });
    await listAsked(world.ledger, example, 7, world.now());
    await mail();
    expect(mailbox.sent[0]?.text).toMatch(/^- Décompte général PDF-1DG \(A20\)\n +→ répondre.*12 janvier 2027$/ms);
  });

  it('comes once if two functions send it at the same time', async () => {
    const morning = mornings();
    await submitted(morning, 'F-1', RECIPIENTS.suspends);
    await morning.days(2);
    await Promise.all([morning.mail(), morning.mail()]);
    expect(morning.mailbox.sent).toHaveLength(1);
  });

  it('goes to each on the days that they want, with what was paid since their own last mail', async () => {
    const morning = mornings({ morningMail: [{ to: accounts }, { to: boss, days: ['monday'] }] });
    const { mail, mailbox, days } = morning;
    for (const number of ['F-1', 'F-2']) await submitted(morning, number);
    await mail();
    await days(1);
    await paid(morning, 'F-1');
    await mail();
    await days(1);
    await paid(morning, 'F-2');
    await mail();
    await days(5);
    await mail();
    const told = mailbox.sent.map(({ to, text }) => [to, ...(text.match(/^- F-\d/gm) ?? [])]);
    expect(told).toEqual([
      [accounts, '- F-1'],
      [accounts, '- F-2'],
      [boss, '- F-1', '- F-2'],
    ]);
    expect(mailbox.sent[2]?.text).toContain('depuis le 23\u00a0novembre\u00a02026');
  });

  it('tells a payment of which something is held back as well', async () => {
    const morning = mornings();
    const kept = { kind: 'retention', name: 'Retenue de garantie', amount: '60.00', releaseDate: '2027-11-26' };
    const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00', due: '1140.00' };
    await morning.world.submit(
      submitCommand({ invoice: { number: 'F-1', totals: { ...totals, deductions: [kept] } } }),
    );
    await paid(morning, 'F-1');
    await morning.mail();
    expect(morning.mailbox.sent[0]?.text).toMatch(/MISES EN PAIEMENT \(1\).*\n- F-1, /);
  });

  it('does not come at the weekend if nobody says so', async () => {
    const morning = mornings();
    await submitted(morning, 'F-1', RECIPIENTS.suspends);
    await morning.days(5);
    expect(await morning.mail()).toEqual({ connection: 'example', endings: {} });
  });

  it('asks nothing of a refused message whose invoice was sent since', async () => {
    const morning = mornings();
    const { world, mail, mailbox } = morning;
    await world.submit({ ...submitCommand({ invoice: { number: 'F-1' } }), worksite: 7 });
    await world.poll();
    await mail();
    expect(mailbox.sent[0]?.text).toContain('À FAIRE (1)');
    world.advance(1);
    await submitted(morning, 'F-1');
    await morning.days(1);
    expect(await mail()).toMatchObject({ endings: { quiet: 1 } });
  });

  it('has what subcontractors ask', async () => {
    const { world, mail, mailbox } = mornings({ morningMail: [{ to: accounts }], validations: {} });
    world.model.askValidation(asked());
    await world.pollValidations();
    await mail();
    expect(mailbox.sent[0]?.text).toMatch(/À VALIDER \(1\)\n- ST-1, .*\n {2}→ valider ou refuser .*8.décembre.2026/);
  });

  it('has retentions from their day on, until they are released', async () => {
    const { world, mail, mailbox, days } = mornings();
    const totals = { taxExclusive: '1000.00', vat: '200.00', taxInclusive: '1200.00' };
    const kept = { kind: 'retention', name: 'Retenue de garantie', amount: '60.00', releaseDate: '2026-11-26' };
    await world.submit(
      submitCommand({ invoice: { number: 'F-1', totals: { ...totals, due: '1140.00', deductions: [kept] } } }),
    );
    await world.poll();
    await days(2);
    await mail();
    expect(mailbox.sent).toEqual([]);
    await days(1);
    await mail();
    expect(mailbox.sent[0]?.text).toMatch(/RETENUES À LIBÉRER \(1\)\n- Retenue de garantie sur F-1, /);
    const released = {
      ...kept,
      amount: '-60.00',
      releaseDate: undefined,
      releases: [{ number: 'F-1', amount: '60.00' }],
    };
    await world.submit(
      submitCommand({ invoice: { number: 'F-2', totals: { ...totals, due: '1260.00', deductions: [released] } } }),
    );
    await days(1);
    expect(await mail()).toMatchObject({ endings: { quiet: 1 } });
  });

  it('has credentials that expire soon, or cannot be used', async () => {
    const { world, mail, mailbox, days } = mornings();
    const ends = { 'piste-secret': '2026-12-04', 'technical-password': '2027-03-01' };
    await noteCredentialEnds('example', { day: '2026-11-23', areUnusable: false, ends }, world.ledger);
    await mail();
    expect(mailbox.sent[0]?.text.replaceAll('\u00a0', ' ')).toContain(
      'IDENTIFIANTS À RENOUVELER (1)\n- secret client PISTE, avant le 4 décembre 2026 (dans 11 jours)',
    );
    await days(1);
    await noteCredentialEnds('example', { day: '2026-11-24', areUnusable: true, ends: {} }, world.ledger);
    await mail();
    expect(mailbox.sent[1]?.subject).toBe('chorus-relay example : identifiants refuses');
  });
});

it('no line of the log has an address, a name or an amount', async () => {
  const morning = mornings();
  await submitted(morning, 'F-1', RECIPIENTS.suspends);
  await morning.days(2);
  morning.telemetry.logged.length = 0;
  await morning.mail();
  morning.mailbox.closed.add(accounts);
  await morning.days(1);
  await morning.mail();
  const lines = JSON.stringify(morning.telemetry.logged);
  expect(lines).toContain('MORNING_MAIL_MISSED');
  for (const secret of ['compta', 'duval.example', '1200', '1 200', 'F-1,']) expect(lines).not.toContain(secret);
});
