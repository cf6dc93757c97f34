import { beforeAll, describe, expect, it } from 'vitest';
import type { Morning } from '../../../functions/morning-mail/morning.ts';
import { isQuiet, mailOf } from '../../../functions/morning-mail/morning-text.ts';
import type { StatusRow } from '../../../shared/lists/status-row.ts';
import { late, rows } from '../relay/status-fixture.ts';

const quiet: Morning = {
  ...{ connection: 'duval', label: 'Constructions Duval', today: '2026-11-26', since: '2026-11-25' },
  ...{ toDo: [], validations: [], works: [], late: [], paid: [], retentions: [], credentials: [], areUnusable: false },
};

let onItsWay: StatusRow;
let suspended: StatusRow;
let refused: StatusRow;
beforeAll(async () => {
  const named = new Map((await rows()).map((row) => [row.number, { ...row, recipientName: 'Ville de Caen' }]));
  const row = (number: string) => named.get(number) ?? expect.fail(`no ${number}`);
  [onItsWay, suspended, refused] = [row('F-ON-ITS-WAY'), row('F-SUSPENDED'), row('F-REFUSED')];
});

/** Whatever spaces an amount is written with. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const textOf = (morning: Partial<Morning>, deskUrl?: string): string =>
  plain(mailOf({ ...quiet, ...morning }, deskUrl).text);

const whole = (): Morning => ({
  ...quiet,
  toDo: [suspended, refused],
  validations: [
    {
      ...{ chorusProId: 1, round: 1, number: 'ST-77', type: 'invoice', deposited: '2026-11-14', connection: 'duval' },
      ...{ subcontractor: { name: 'Charpentes Morel' }, recipient: {}, validator: { siret: '99910001900010' } },
      worksDocument: false,
      ...{ due: '4800.00', currency: 'EUR', day: 12, until: '2026-11-29', daysLeft: 3, atRisk: false },
    },
  ],
  works: [{ number: 'PDF-1DG', framework: 'A20', until: '2027-01-12' }],
  late: [late(onItsWay)],
  paid: [{ ...onItsWay, paidOn: '2026-11-25', noticedAt: '2026-11-25T17:00:00.000Z' }],
  retentions: [
    {
      ...{
        connection: 'duval',
        key: 'k',
        number: 'FA-2025-001',
        subject: 's',
        environment: 'production',
        supplier: '1',
      },
      ...{ recipient: '2', recipientName: 'Ville de Caen', contract: undefined, type: 'invoice', currency: 'EUR' },
      ...{ name: 'Retenue de garantie', amount: '600.00', released: '0.00', held: '600.00', since: '2025-11-05' },
      ...{ until: '2026-11-05', expected: true, isDue: true, releasedBy: [] },
    },
  ],
  credentials: [{ credential: 'technical-password', due: '2026-12-03', daysLeft: 7 }],
});

describe('the morning mail', () => {
  it('has nothing to say on a quiet day', () => {
    expect(isQuiet(quiet)).toBe(true);
    for (const part of ['toDo', 'validations', 'works', 'late', 'paid', 'retentions', 'credentials'] as const)
      expect(isQuiet({ ...quiet, [part]: whole()[part] })).toBe(false);
    expect(isQuiet({ ...quiet, areUnusable: true })).toBe(false);
  });

  it('says in its subject how much there is of what, as SNS takes it', () => {
    const { subject } = mailOf(whole());
    expect(subject).toBe(
      'chorus-relay duval : 3 a faire, 1 a valider, 1 en retard, 1 mise en paiement, 1 retenue a liberer',
    );
    expect(mailOf({ ...quiet, toDo: [suspended] }).subject).toBe('chorus-relay duval : 1 a faire');
  });

  it('is French in lines that every mail program shows whole', () => {
    expect(textOf(whole(), 'https://factures.duval.example')).toMatchInlineSnapshot(`
      "Bonjour,

      Voici où en sont les factures de Constructions Duval, le 26 novembre 2026.

      À FAIRE (2)
      - F-SUSPENDED, Ville de Caen, 1 200,00 € : Suspendue
        → ajouter les pièces ou la réponse demandées (Compléter), par votre
        logiciel ou sur le portail Chorus Pro (sans date limite fixée par Chorus
        Pro)
      - F-REFUSED, Ville de Caen, 1 200,00 € : Non déposée dans Chorus Pro
        → corriger la facture et la renvoyer, sous le même numéro, par votre
        logiciel

      À VALIDER (1)
      - ST-77, Charpentes Morel, 4 800,00 €
        → valider ou refuser au plus tard le 29 novembre 2026 (il reste 3 jours) ;
        votre silence vaut acceptation

      PIÈCES DE TRAVAUX QUI ATTENDENT VOTRE RÉPONSE (1)
      - Décompte général PDF-1DG (A20)
        → répondre à cette pièce, par votre logiciel ou sur le portail Chorus Pro,
        au plus tard le 12 janvier 2027

      EN RETARD (1) : 2 400,50 €
      - F-ON-ITS-WAY, Ville de Caen, 2 400,50 € : à payer au plus tard le
        31 octobre 2026 (25 jours de retard)

      MISES EN PAIEMENT (1) : 1 200,00 € depuis le 25 novembre 2026
      - F-ON-ITS-WAY, Ville de Caen, 1 200,00 € : le 25 novembre 2026

      RETENUES À LIBÉRER (1)
      - Retenue de garantie sur FA-2025-001, Ville de Caen, 600,00 € : à libérer
        depuis le 5 novembre 2026 (date prévue)
        → en demander le versement par une facture qui désigne celle-ci

      IDENTIFIANTS À RENOUVELER (1)
      - mot de passe du compte technique, avant le 3 décembre 2026 (dans 7
        jours)

      Toutes les listes :
      https://factures.duval.example

      Ce message est envoyé par chorus-relay pour la connexion duval. Pour en
      changer les jours ou ne plus le recevoir, adressez-vous à la personne qui
      exploite le relais.
      "
    `);
  });

  it('names twenty of a list, and counts the others', () => {
    const text = textOf({ toDo: Array.from({ length: 23 }, () => suspended) });
    expect(text.match(/^- F-SUSPENDED/gm)).toHaveLength(20);
    expect(text).toContain('À FAIRE (23)');
    expect(text).toContain('- … et 3 autres');
  });

  it('does not pretend to have counted all', () => {
    expect(textOf({ late: Array.from({ length: 500 }, () => late(onItsWay)) })).toContain('EN RETARD (500 ou plus)');
  });

  it('says that nothing can be read or sent without credentials', () => {
    expect(textOf({ areUnusable: true })).toContain('Les identifiants de cette connexion sont absents ou refusés');
  });

  it('adds up what was paid, by currency', () => {
    const paid = ['100.00', '1100.50'].map((amount) => ({
      ...onItsWay,
      amount,
      noticedAt: '2026-11-25T17:00:00.000Z',
    }));
    expect(textOf({ paid })).toContain('MISES EN PAIEMENT (2) : 1 200,50 € depuis le 25 novembre 2026');
  });

  it('does not give the recipient’s own words, which may name a person', () => {
    const text = textOf({ toDo: [{ ...suspended, motive: 'Voir avec Mme Martin' }] });
    expect(text).toContain('F-SUSPENDED');
    expect(text).not.toContain('Martin');
  });
});
