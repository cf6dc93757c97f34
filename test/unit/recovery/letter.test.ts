import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../shared/documents/pdf.ts';
import type { RecordView } from '../../../shared/ledger/record.ts';
import { type Claim, claimOf } from '../../../shared/recovery/claim.ts';
import { doubtsAbout } from '../../../shared/recovery/doubts.ts';
import { letterOf } from '../../../shared/recovery/letter.ts';
import { SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { exampleConnectionsWith } from '../../support/example-connection.ts';
import { pagesOf } from '../../support/pdf-pages.ts';
import { letterhead } from '../../support/random-invoices.ts';
import { recordIn } from '../ledger/records.ts';

const at = '2026-11-23T09:00:00.000Z';
const status = (code: string) => ({ code, at, observedAt: at });
const known = { amount: '12000.00', totalWithVat: '12600.00', contract: '2026-GO-012', paymentDue: '2026-12-02' };
const late: RecordView = { ...recordIn('followed'), ...known, status: status('MANDATEE'), lateToldAt: at };
const paidLate: RecordView = {
  ...{ ...recordIn('settled'), ...known, status: status('MISE_EN_PAIEMENT'), paidLateOn: '2026-12-03' },
};

const settingsWith = (head: object, terms: object = { others: 'state-or-local' }) => {
  const company = { name: 'Constructions Duval', siret: SUPPLIERS.company, ...head };
  const [settings] = exampleConnectionsWith({ companies: [company], paymentTerms: terms }).values();
  if (!settings) throw new Error('the example has one connection');
  return settings;
};
const recipient = {
  name: 'Commune de Valbrume',
  address: { lines: ['Hôtel de ville', '1 place de la Mairie'], postcode: '14000', city: 'Valbrume' },
};
const about = { settings: settingsWith(letterhead), recipient, today: '2026-12-31' };

function claim(record: RecordView = late, changes: Partial<Parameters<typeof claimOf>[1]> = {}): Claim {
  const claimed = claimOf(record, { ...about, ...changes });
  if (typeof claimed === 'string') throw new Error(claimed);
  return claimed;
}

const spaced = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\n', ' ');
const textOf = async (of: Claim): Promise<string> => spaced((await pagesOf(await letterOf(of))).join(' '));

describe('the letter', () => {
  it('claims the interest of an invoice that is not paid, with each step of the computation', async () => {
    const text = await textOf(claim());
    for (const said of [
      'Le délai de paiement de la facture ci-dessous a expiré le 2 décembre 2026.',
      'elle n’est pas mise en paiement à ce jour, soit 29 jours après cette date.',
      'Jours de retard, du 3 décembre 2026 au 31 décembre 2026 inclus 29 jours',
      'au 1er juillet 2026 2,40 %',
      'Majoration (art. R. 2192-31) 8 points',
      'Taux annuel des intérêts moratoires 10,40 %',
      'Intérêts moratoires : 12 000,00 € × 10,40 % × 29 jours ÷ 365 99,16 €',
      'Indemnité forfaitaire pour frais de recouvrement (art. D. 2192-35) 40,00 €',
      'Total à verser 139,16 €',
      'Le principal de 12 000,00 € reste dû.',
      'à raison de 3,42 € par jour',
      'art. L. 2192-13',
      '45 jours suivant la mise en paiement du principal (art. R. 2192-36)',
    ])
      expect(text).toContain(said);
  });

  it('names both parties, and the invoice by its references', async () => {
    const text = await textOf(claim({ ...late, corrected: { commitment: 'EJ-77' } }));
    for (const said of [
      ...[
        letterhead.legalName,
        'Commune de Valbrume',
        '1 place de la Mairie',
        '14000 Valbrume',
        'SIRET 123 456 782 00051',
      ],
      ...['Objet : intérêts moratoires et indemnité forfaitaire, facture F-1 du 20 novembre 2026'],
      ...['Identifiant dans Chorus Pro 7', '2026-GO-012', 'EJ-77', 'Total TTC 12 600,00 €', 'Net à payer 12 000,00 €'],
      ...[`${letterhead.address.city}, le 31 décembre 2026`],
    ])
      expect(text).toContain(said);
  });

  it('claims what is left owed of an invoice that was paid late', async () => {
    const text = await textOf(claim(paidLate));
    expect(text).toContain('Elle a été mise en paiement le 3 décembre 2026, soit 1 jour après cette date.');
    expect(text).toContain('Total à verser 43,42 €');
    expect(text).not.toContain('reste dû');
  });

  it('says that it counts the longest term if nobody said what kind of body it is', async () => {
    const text = await textOf(claim(late, { settings: settingsWith(letterhead, {}) }));
    expect(text).toContain(
      'même en retenant le plus long délai de paiement que prévoit le code de la commande publique',
    );
  });

  it('needs no letterhead, nor the recipient’s name', async () => {
    const text = await textOf(claimOfNobody());
    expect(text).toContain('Constructions Duval');
    expect(text).toContain('Le 31 décembre 2026');
    expect(text.match(/SIRET 123 456 782 00051/g)).toHaveLength(1);
  });

  const claimOfNobody = () => claim(late, { settings: settingsWith({}), recipient: undefined });

  it('is one page, unless a name is long', async () => {
    const whole = claim({ ...late, corrected: { commitment: 'EJ-77' } });
    expect(await pagesOf(await letterOf(whole))).toHaveLength(1);
  });

  it('is a PDF that the relay can read, and always the same', async () => {
    const bytes = await letterOf(claim());
    expect(readPdf(bytes)).toBeDefined();
    expect((await letterOf(claim())).equals(bytes)).toBe(true);
  });

  it('has room for long names and large sums: nothing leaves the page, and a second page has the rest', async () => {
    const long = 'Établissement public intercommunal de la vallée et des collines réunies '.repeat(4).trim();
    const base = claim();
    const pages = await pagesOf(
      await letterOf({
        ...base,
        supplier: { ...base.supplier, legalNotice: 'SAS au capital de 100 000 € '.repeat(18).trim() },
        recipient: {
          ...base.recipient,
          name: long,
          address: { lines: [long, long, long], postcode: '14000', city: long },
        },
        invoice: {
          ...base.invoice,
          contract: '9'.repeat(50),
          commitment: 'X'.repeat(50),
          amountDue: '999999999999.99',
        },
      }),
    );
    expect(pages).toHaveLength(2);
    const text = spaced(pages.join(' ')).replaceAll(' ', '');
    expect(text).toContain(long.replaceAll(' ', ''));
    expect(text).toContain('9'.repeat(50));
    expect(text).toContain('999999999999,99€');
    expect(text).toContain('page2/2');
  });
});

describe('before a letter is sent', () => {
  const checked = { ...late, paymentDue: '2024-12-02' };

  it('nothing need be looked at, if everything is known', () => {
    expect(doubtsAbout(claim(checked))).toEqual([]);
  });

  it.each<[string, Claim, RegExp]>([
    ['the rate was not checked', claim(), /^To be checked with the ECB/],
    [
      'the kind of body is not said',
      claim(checked, { settings: settingsWith(letterhead, {}) }),
      /^The settings do not say/,
    ],
    ['the recipient waits', claim({ ...checked, status: status('SUSPENDUE') }), /^The recipient waits for you/],
    ['the head has no address', claim(checked, { settings: settingsWith({}) }), /^The supplier’s address/],
  ])('it is said that %s', (_what, made, said) => {
    expect(doubtsAbout(made).map(({ en }) => en)).toEqual([expect.stringMatching(said)]);
  });
});

describe('there is no claim', () => {
  it.each<[string, RecordView, string]>([
    ['the payment is not late', { ...late, lateToldAt: undefined }, 'not-late'],
    ['it was paid in time', { ...paidLate, paidLateOn: undefined }, 'not-late'],
    ['it was refused', recordIn('refused'), 'not-late'],
    ['it is a credit note', { ...late, type: 'credit-note' }, 'no-interest'],
    ['it is not in euros', { ...late, currency: 'XPF' }, 'no-interest'],
    ['the rate is not known', { ...late, paymentDue: '2022-12-02' }, 'no-rate'],
  ])('if %s', (_what, record, why) => {
    expect(claimOf(record, about)).toBe(why);
  });
});
