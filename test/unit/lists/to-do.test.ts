import { describe, expect, it } from 'vitest';
import { reason } from '../../../shared/invoice/reasons.ts';
import { rowsOf } from '../../../shared/lists/status-row.ts';
import { spokenToDo } from '../../../shared/lists/to-do.ts';
import { recordIn } from '../ledger/records.ts';

const toDo = (...reasons: ReturnType<typeof reason>[]) =>
  rowsOf([{ ...recordIn('refused'), reasons }]).flatMap((row) => [spokenToDo(row, 'fr'), spokenToDo(row, 'en')]);
const detail = { fr: 'la raison sociale', en: 'the legal name' };
const ofSettings = reason('make-seller', 'supplier', { setting: 'legalName', detail });
const ofSoftware = reason('recipient-siret-missing', 'invoice.recipient.siret');

describe('a refused invoice is to be mended where its reasons lie', () => {
  it('in the software', () => {
    expect(toDo(ofSoftware)).toEqual([
      ['→ corriger la facture et la renvoyer, sous le même numéro, par votre logiciel'],
      ['→ correct the invoice and send it again, with the same number, in your software'],
    ]);
  });

  it('in the connection’s settings, by whoever operates the relay', () => {
    expect(toDo(ofSettings, ofSettings)).toEqual([
      [
        '→ mettre à jour les réglages de la connexion, puis recommencer l’envoi, sous le même numéro, par la personne qui exploite le relais, puis par votre logiciel',
      ],
      [
        '→ update the connection’s settings, then send again, with the same number, by whoever operates the relay, then in your software',
      ],
    ]);
  });

  it('in both', () => {
    expect(toDo(ofSettings, ofSoftware)[0]?.[0]).toMatch(
      /^→ mettre à jour les réglages de la connexion, corriger le reste de ce qui est signalé/,
    );
  });
});
