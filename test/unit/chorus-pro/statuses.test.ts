import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnownStatus, meaningOf, statuses } from '../../../shared/chorus-pro/statuses.ts';
import { STATUSES } from '../../../tools/chorus-pro-simulator/enumerations.ts';

/** AIFE's Swagger lists 56; a third party's client knows one more. */
const all = [...STATUSES, 'ABSENCE_VALIDATION_MOE_DELAI_REGLEMENTAIRE'];
const having = (test: (status: string) => boolean) => all.filter(test).sort();

describe('the table of statuses', () => {
  it('has every status of Chorus Pro, and no other', () => {
    expect(all).toHaveLength(57);
    expect(Object.keys(statuses).sort()).toEqual([...all].sort());
  });

  it.each(all)('%s has a text in both languages', (status) => {
    const { fr, en } = meaningOf(status);
    expect(isKnownStatus(status)).toBe(true);
    expect([fr, en].every((text) => /^\p{Lu}/u.test(text))).toBe(true);
  });

  it('marks the final statuses', () => {
    expect(having((status) => meaningOf(status).effect === 'settled')).toEqual(['MISE_EN_PAIEMENT']);
    expect(having((status) => meaningOf(status).effect === 'rejected')).toEqual([
      'ABANDONNEE',
      'DUPLIQUE_APRES_REFUS',
      'NON_CONFORME',
      'REFUSEE_1',
      'REFUSEE_2',
      'REFUSEE_FOURNISSEUR',
      'REFUSEE_MOA',
      'REFUSEE_MOE',
      'REJETEE',
      'REMPLACEE_PAR_A22',
      'SUPPRIMEE',
    ]);
  });

  it('does not treat a draft as an invoice', () => {
    expect(having((status) => meaningOf(status).effect === 'none')).toEqual(['BROUILLON', 'INTERPRETEE_OCR']);
  });

  it('marks the statuses that wait for the supplier', () => {
    const waiting = having((status) => meaningOf(status).effect === 'open' && meaningOf(status).actor === 'supplier');
    expect(waiting).toEqual([
      'A_ASSOCIER_FOURNISSEUR',
      'A_COMPLETER',
      'A_RECYCLER',
      'EN_ATTENTE_RECYCLAGE_FOURNISSEUR',
      'ERREUR_COTRAITANT_SUR_VALIDEUR',
      'ERREUR_FOURNISSEUR_SUR_MOA',
      'ERREUR_FOURNISSEUR_SUR_MOE',
      'ERREUR_FOURNISSEUR_SUR_VALIDEUR',
      'SUSPENDUE',
    ]);
  });

  it('keeps following an unknown status', () => {
    expect(isKnownStatus('NOUVEAU_STATUT')).toBe(false);
    expect(meaningOf('NOUVEAU_STATUT')).toMatchObject({ effect: 'open', actor: 'none' });
    expect(meaningOf('NOUVEAU_STATUT').en).toMatch(/^\p{Lu}/u);
  });

  it('does not mistake any text for a status, not even a property name of every object', () => {
    const words = fc.oneof(fc.string(), fc.constantFrom('constructor', 'toString', '__proto__', 'hasOwnProperty'));
    fc.assert(
      fc.property(
        words.filter((word) => !all.includes(word)),
        (word) => {
          expect(isKnownStatus(word)).toBe(false);
          expect(meaningOf(word).effect).toBe('open');
        },
      ),
    );
  });
});
