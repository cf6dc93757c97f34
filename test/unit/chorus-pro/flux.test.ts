import { describe, expect, it } from 'vitest';
import { fluxSyntaxes } from '../../../shared/chorus-pro/flux.ts';
import { FLUX_SYNTAXES } from '../../../tools/chorus-pro-simulator/enumerations.ts';
import { broken, canned, type Asked } from './canned.ts';

const deposit = 'factures/v1/deposer/flux';
const report = 'transverses/v1/consulterCRDetaille';
const read = (answer: object) => canned({ [report]: [answer] }).depositReport({ depositId: 'CPP1', number: 'F-1' });
const meaning = (value: object) => ({ kind: 'accepted', value });

describe('a file', () => {
  it('is deposited in base64 with its syntax, and gets a number', async () => {
    const asked: Asked[] = [];
    const chorusPro = canned({ [deposit]: [{ numeroFluxDepot: 'CPP1' }] }, asked);
    const file = { name: 'F-1.xml', bytes: Buffer.from('é'), sentAs: 'cii' } as const;
    expect(await chorusPro.depositFile(file)).toEqual({ kind: 'accepted', value: 'CPP1' });
    expect(asked[0]?.body).toEqual({
      fichierFlux: 'w6k=',
      nomFichier: 'F-1.xml',
      syntaxeFlux: 'IN_DP_E1_CII_16B',
      avecSignature: false,
    });
  });

  it.each([broken, { numeroFluxDepot: '' }, {}])('may have been deposited when the response is %j', async (answer) => {
    const chorusPro = canned({ [deposit]: [answer] });
    const file = { name: 'F-1.xml', bytes: Buffer.from(''), sentAs: 'ubl' } as const;
    expect(await chorusPro.depositFile(file)).toMatchObject({ kind: 'unknown' });
  });

  it('is sent with a syntax that AIFE lists', () => {
    for (const { value } of Object.values(fluxSyntaxes)) expect(Object.keys(FLUX_SYNTAXES)).toContain(value);
  });
});

describe('the report on a file', () => {
  it.each([
    ['IN_RECU', 'pending'],
    ['IN_EN_COURS_TRAITEMENT_CPP', 'pending'],
    ['QP_RECEVABLE', 'pending'],
    ['IN_INTEGRE', 'integrated'],
    ['IN_REJETE', 'rejected'],
    ['QP_IRRECEVABLE', 'rejected'],
    ['IN_INCIDENTE', 'incident'],
    ['IN_NOUVEAU', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s: %s', async (etatCourantDepotFlux, ours) => {
    expect(await read({ etatCourantDepotFlux })).toEqual(
      meaning({ meaning: ours, state: etatCourantDepotFlux, faults: [] }),
    );
  });

  const partial = { etatCourantDepotFlux: 'IN_INTEGRE_PARTIEL' };
  const fault = (numeroDP: string | null, libelleErreurDP: string | null = 'Doublon') => ({
    numeroDP,
    libelleErreurDP,
  });

  it.each<[what: string, errors: unknown, ours: string, faults: string[]]>([
    ['names another invoice', [fault('F-2')], 'partial', ['Doublon']],
    ['names ours', [fault('F-2', 'SIRET inconnu'), fault('F-1')], 'rejected', ['SIRET inconnu', 'Doublon']],
    ['names ours alone, without a list', fault('F-1'), 'rejected', ['Doublon']],
    ['names no invoice', [fault(null)], 'rejected', ['Doublon']],
    ['has no words', [fault('F-1', null)], 'rejected', ['sans motif']],
    ['says nothing', null, 'integrated', []],
  ])('of a partly accepted file %s', async (_what, listeErreurDP, ours, faults) => {
    expect(await read({ ...partial, listeErreurDP })).toEqual(
      meaning({ meaning: ours, state: 'IN_INTEGRE_PARTIEL', faults }),
    );
  });

  it('of a file rejected as a whole lists every fault, whatever number it is under', async () => {
    const listeErreurDP = [fault('F-2', 'engagement obligatoire'), fault(null, 'SIRET inconnu')];
    expect(await read({ etatCourantDepotFlux: 'IN_REJETE', listeErreurDP })).toEqual(
      meaning({ meaning: 'rejected', state: 'IN_REJETE', faults: ['engagement obligatoire', 'SIRET inconnu'] }),
    );
  });

  it('lists the faults of the file itself', async () => {
    const listeErreurTechnique = [
      { codeErreur: 'ERR_XSD_001', libelleErreur: 'ligne 3' },
      { codeErreur: 'X' },
      { libelleErreur: 'y' },
    ];
    const outcome = await read({ etatCourantDepotFlux: 'IN_REJETE', listeErreurTechnique });
    expect(outcome).toMatchObject({ value: { faults: ['ERR_XSD_001 ligne 3', 'X', 'y'] } });
  });

  it('is pending while Chorus Pro does not know the file yet', async () => {
    expect(await read({ codeRetour: 20001, libelle: 'POQ_MSG_01.003' })).toMatchObject({
      value: { meaning: 'pending', faults: [] },
    });
  });

  it('is unknown after any other refusal, or without a response', async () => {
    const refused = { codeRetour: 20001, libelle: 'GDP_MSG_11.005' };
    expect(await read(refused)).toMatchObject({ kind: 'refused', refusal: { code: 20001, message: 'GDP_MSG_11.005' } });
    expect(await read({ codeRetour: 20000, libelle: '' })).toMatchObject({ kind: 'refused' });
    expect(await read(broken)).toMatchObject({ kind: 'unknown' });
  });
});
