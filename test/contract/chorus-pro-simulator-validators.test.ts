import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exampleClient, type ExampleClient } from '../../tools/chorus-pro-simulator/example-client.ts';
import {
  createChorusPro,
  drivenClock,
  RECIPIENTS,
  REFUSALS,
  SUPPLIERS,
  type ChorusPro,
} from '../../tools/chorus-pro-simulator/index.ts';

const day = 86_400_000;
const clock = () => drivenClock({ start: Date.UTC(2026, 10, 23, 9) });

let time: ReturnType<typeof clock>;
let model: ChorusPro;
let client: ExampleClient;

const ask = (number: string, validator: string = SUPPLIERS.company) =>
  model.askValidation({
    ...{ number, validator, subcontractor: SUPPLIERS.subcontractor, recipient: RECIPIENTS.nothingMandatory },
    ...{ net: 1_000, vat: 200, market: 'M-1' },
  });
const listSchema = z.looseObject({
  listeFactures: z.array(z.looseObject({ idFacture: z.int(), numeroFacture: z.string(), statut: z.string() })),
  parametresRetour: z.looseObject({ pages: z.int(), total: z.int() }),
});
const waiting = (more: object = {}) =>
  listSchema.parse(
    client.call('factures/rechercher/aTraiter/valideur', {
      typeIdentifiantStructure: 'SIRET',
      identifiantStructure: SUPPLIERS.company,
      ...more,
    }).body,
  );
const statusOf = (id: number) => model.invoice(id)?.status;
const accept = (idFacture: number, more: object = {}) =>
  client.call('factures/traiter/factureAValider', {
    ...{ idFacture, action: 'VALIDATION', typeValideur: 'VALIDEUR_1' },
    ...more,
  }).body;

beforeEach(() => {
  time = clock();
  model = createChorusPro({ clock: time, options: { errorStatus: 200 } });
  client = exampleClient(model);
});

describe('what waits for a validator', () => {
  it('is listed for its own company alone, by pages, with what AIFE’s Swagger has', () => {
    const ids = Array.from({ length: 12 }, (_, i) => ask(`ST-${i}`));
    ask('OTHER', SUPPLIERS.mainContractor);
    expect(waiting().parametresRetour).toMatchObject({ pages: 2, total: 12 });
    const all = waiting({ pagination: { nbResultatsParPage: 50, triColonne: 'IdFacture', triSens: 'Ascendant' } });
    expect(all.listeFactures.map(({ idFacture }) => idFacture)).toEqual(ids);
    expect(all.listeFactures[0]).toMatchObject({
      ...{ typeDemandePaiement: 'FACTURE', statut: 'A_VALIDER_1', montantTTC: 1_200, numeroMarche: 'M-1' },
      ...{ identifiantFournisseur: SUPPLIERS.subcontractor, identifiantValideur: SUPPLIERS.company },
      dateDepot: '2026-11-23T10:00:00.000+01:00',
    });
  });

  it('may not be read for a company of others, nor with fields that the Swagger has not', () => {
    const asked = { identifiantStructure: SUPPLIERS.mainContractor, typeIdentifiantStructure: 'SIRET' };
    const path = 'factures/rechercher/aTraiter/valideur';
    expect(client.call(path, asked).body).toMatchObject({ codeRetour: REFUSALS.notEntitled.code });
    expect(client.call(path, { siret: SUPPLIERS.company }).status).toBe(400);
  });

  it('is accepted by silence after fifteen days, and goes on to the recipient', () => {
    const id = ask('ST-1');
    time.advance(15 * day - 1);
    expect(statusOf(id)).toBe('A_VALIDER_1');
    time.advance(1);
    expect(statusOf(id)).toBe('ABSENCE_VALIDATION_1_HORS_DELAI');
    time.advance(day);
    expect(statusOf(id)).toBe('MISE_A_DISPOSITION');
    client = exampleClient(model);
    expect(waiting().listeFactures).toEqual([]);
  });

  it('is found by its filters, whatever its status', () => {
    const id = ask('ST-1');
    accept(id);
    const found = listSchema.parse(client.call('factures/rechercher/valideur', { numeroFacture: 'ST-1' }).body);
    expect(found.listeFactures).toMatchObject([{ idFacture: id, statut: 'VALIDEE_1' }]);
    const on = (periodeDateDepotDu: string, periodeDateDepotAu: string) =>
      listSchema.parse(client.call('factures/rechercher/valideur', { periodeDateDepotDu, periodeDateDepotAu }).body);
    expect(on('2026-11-23', '2026-11-23').listeFactures).toHaveLength(1);
    expect(on('2026-11-21', '2026-11-22').listeFactures).toEqual([]);
    const visible = client.call('factures/recuperer/statutsFactureVisibles/valideur').body;
    expect(visible['listeStatutFacture']).toContainEqual({ codeStatutFacture: 'A_VALIDER_1' });
  });
});

describe('a validator’s answer', () => {
  it('accepts, says when, and lets the invoice go on', () => {
    const id = ask('ST-1');
    expect(accept(id)).toMatchObject({ codeRetour: 0, idFacture: id, statutFacture: 'VALIDEE_1' });
    const { facture } = z
      .object({ facture: z.looseObject({ cadreDeFacturation: z.looseObject({}) }) })
      .parse(client.call('factures/consulter/valideur', { identifiantFactureCPP: id, codeLangue: 'fr' }).body);
    expect(facture.cadreDeFacturation).toMatchObject({
      codeCadreFacturation: 'A9_FACTURE_SOUSTRAITANT',
      codeValideur1: SUPPLIERS.company,
      dateValidation1: '2026-11-23T10:00:00.000+01:00',
    });
    time.advance(day);
    expect(statusOf(id)).toBe('MISE_A_DISPOSITION');
  });

  it('refuses with a reason of the list, and with no other', () => {
    const id = ask('ST-1');
    const refuse = (motifRefus?: string) => accept(id, { action: 'REFUS', motifRefus });
    expect(refuse()).toMatchObject({ codeRetour: REFUSALS.refusalReason.code });
    expect(refuse('PAS_CONTENT')).toMatchObject({ codeRetour: REFUSALS.refusalReason.code });
    const listed = client.call('transverses/recuperer/motifs/refus/Facture/AValider', {
      codeCadreFacturationAValider: 'A9_FACTURE_SOUSTRAITANT',
    }).body;
    expect(listed['listeMotifRefusFactureAValider']).toContainEqual({
      ...{ idMotif: 1, codeMotif: 'AUTRE', libelleMotif: 'Autre motif' },
    });
    expect(refuse('AUTRE')).toMatchObject({ statutFacture: 'REFUSEE_1' });
    expect(model.effects.answers).toEqual({ [id]: ['REFUS'] });
  });

  it('is refused to others, of another kind, or a second time', () => {
    const id = ask('ST-1');
    expect(accept(ask('OTHER', SUPPLIERS.mainContractor))).toMatchObject({ codeRetour: REFUSALS.notEntitled.code });
    expect(accept(id, { typeValideur: 'MOE' })).toMatchObject({ codeRetour: REFUSALS.validatorType.code });
    accept(id);
    expect(accept(id)).toMatchObject({ codeRetour: REFUSALS.stateForbids.code });
    expect(model.effects.answers).toEqual({ [id]: ['VALIDATION'] });
  });
});
