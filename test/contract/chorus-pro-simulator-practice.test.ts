import { describe, expect, test } from 'vitest';
import { timings } from '../../shared/facts/timings.ts';
import { exampleClient, submitInvoice } from '../../tools/chorus-pro-simulator/example-client.ts';
import {
  createChorusPro,
  drivenClock,
  makeTrouble,
  PRACTICE_PROJECT_MANAGERS,
  PRACTICE_RECIPIENTS,
  practiceWorld,
  PROJECT_MANAGERS,
  RECIPIENTS,
} from '../../tools/chorus-pro-simulator/index.ts';
import { clock as clockCommand } from '../../tools/relay/clock.ts';

const day = 86_400_000;
const bertin = { siret: '99920001700013', name: 'Bertin', services: [], bankAccounts: ['Compte travaux'] };
const lille = { ...bertin, siret: '99920001700021', name: 'Bertin, Lille', services: ['COMPTA'] };
/** Neither one of these companies nor a special recipient. */
const anyBody = '99920002500016';

function practice(companies = [bertin, lille]) {
  const clock = drivenClock({ start: Date.UTC(2026, 10, 23, 9) });
  const model = createChorusPro({ clock, world: practiceWorld(companies, clock.now()) });
  const client = exampleClient(model);
  const found = (siret: string) =>
    client.call('structures/rechercher', { structure: { identifiantStructure: siret } }).body;
  const suppliers = () => client.call('transverses/recuperer/structures/actives/fournisseur').body;
  return { clock, model, client, found, suppliers };
}

const having = (part: object): unknown => expect.objectContaining(part);
const rows = (...sirets: string[]) => sirets.map((identifiant) => having({ identifiant }));

describe('a world to practise in', () => {
  test('has the companies that are given, and the account may send for them and for no other', () => {
    const { suppliers, model } = practice();
    expect(suppliers()).toMatchObject({ listeStructures: rows(bertin.siret, lille.siret) });
    const agency = model.world.structures.find(({ siret }) => siret === lille.siret);
    expect(agency).toMatchObject({
      kind: 'PRIVEE',
      services: [{ code: 'COMPTA', active: true }],
      bankDetails: [{ name: 'Compte travaux' }],
    });
  });

  test('has each company once, though two connections name it', () => {
    const { suppliers, model } = practice([bertin, { ...bertin, services: ['TRAVAUX'] }]);
    expect(suppliers()).toMatchObject({ listeStructures: rows(bertin.siret) });
    const [one, ...others] = model.world.structures.filter(({ siret }) => siret === bertin.siret);
    expect(one).toMatchObject({ services: [{ code: 'TRAVAUX' }], bankDetails: [{ name: 'Compte travaux' }] });
    expect(others).toEqual([]);
  });

  test('takes any valid SIRET for a public body that demands nothing, and pays', () => {
    const { clock, client, model, found, suppliers } = practice();
    expect(found(anyBody)).toMatchObject({ listeStructures: [having({ identifiantStructure: anyBody })] });
    expect(found('35600000000048')).toMatchObject({ listeStructures: [having({ statut: 'ACTIVE' })] });
    submitInvoice(client, { number: 'B-1', supplier: bertin.siret, recipient: anyBody });
    expect(suppliers()).toMatchObject({ listeStructures: rows(bertin.siret, lille.siret) });
    clock.advance(21 * day);
    expect(model.invoice('B-1')).toMatchObject({ status: 'MISE_EN_PAIEMENT', recipientSiret: anyBody });
  });

  test('finds nothing under a wrong key, and its companies keep their kind', () => {
    const { found, model } = practice();
    expect(found('99920002500017')).toMatchObject({ listeStructures: [] });
    found(bertin.siret);
    expect(model.world.structures.filter(({ siret }) => siret === bertin.siret)).toMatchObject([{ kind: 'PRIVEE' }]);
  });

  test('says of each special recipient what it does, and of no other', () => {
    expect(PRACTICE_RECIPIENTS.map(({ siret }) => siret).sort()).toEqual(
      Object.values(RECIPIENTS)
        .filter((siret) => siret !== RECIPIENTS.nothingMandatory)
        .sort(),
    );
  });

  test('says of each special project manager what it does', () => {
    const { answers, ...special } = PROJECT_MANAGERS;
    expect(PRACTICE_PROJECT_MANAGERS.map(({ siret }) => siret)).toEqual(Object.values(special));
    expect(PRACTICE_PROJECT_MANAGERS.map(({ siret }) => siret)).not.toContain(answers);
  });

  test.each(['fr', 'en'] as const)(
    'has one that pays after the longest legal term, as the clock says (%s)',
    (language) => {
      const { clock, client, model } = practice();
      submitInvoice(client, { number: 'B-2', supplier: bertin.siret, recipient: RECIPIENTS.paysLate });
      const [, days] =
        /(?:let|passer) (\d+) (?:days|jours)/.exec(clockCommand.help('npx relay clock', language, Infinity)) ?? [];
      expect(Number(days)).toBeGreaterThan(timings.paymentTermOfEnterprises.amount + 1);
      clock.advance(Number(days) * day);
      expect(model.invoice('B-2')).toMatchObject({ status: 'COMPTABILISEE' });
      clock.advance(15 * day);
      expect(model.invoice('B-2')).toMatchObject({ status: 'MISE_EN_PAIEMENT' });
    },
  );

  test('has a password that lasts 424 days, whenever one begins', () => {
    const { clock, model } = practice();
    const status = () => exampleClient(model).call('transverses/recuperer/structures/actives/fournisseur').status;
    clock.advance(423 * day);
    expect(status()).toBe(200);
    clock.advance(day);
    expect(status()).toBe(401);
  });

  test('has troubles: they befall the last of its companies', () => {
    const { model, found, suppliers } = practice();
    const mend = makeTrouble(model.world, 'structure-unknown', model.clock.now());
    expect(found(lille.siret)).toMatchObject({ listeStructures: [] });
    mend();
    makeTrouble(model.world, 'structure-detached', model.clock.now());
    expect(suppliers()).toMatchObject({ listeStructures: rows(bertin.siret) });
  });
});
