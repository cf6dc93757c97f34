import { describe, expect, it } from 'vitest';
import { knownRefusals, meaningOfRefusal } from '../../../shared/chorus-pro/errors.ts';

describe('the meaning of a refusal', () => {
  it.each(knownRefusals.map((known) => [`${known.operation} ${known.code}`, known] as const))(
    '%s is known',
    (_name, known) => {
      const { operation, code, message = '', meaning } = known;
      expect(meaningOfRefusal({ operation, code, message: `${message} (détail)` })).toEqual(meaning);
      expect(meaning.fr).not.toBe(meaning.en);
    },
  );

  it('depends on the operation: one code has several meanings', () => {
    const code = 20001;
    const large = meaningOfRefusal({ operation: 'factures/v1/deposer/flux', code, message: 'GDP_MSG_11.022' });
    const unseen = meaningOfRefusal({
      operation: 'transverses/v1/consulterCRDetaille',
      code,
      message: 'POQ_MSG_01.003',
    });
    expect(large.en).toContain('too large');
    expect(unseen.en).toContain('not known');
  });

  it('depends on the message, where one was seen', () => {
    const refusal = { operation: 'factures/v1/deposer/flux', code: 20001, message: 'GDP_MSG_11.005' };
    expect(meaningOfRefusal(refusal).en).toContain('lacks the right');
  });

  it.each(['factures/v1/soumettre', 'structures/v1/consulter'])(
    'of a missing right is the same everywhere: %s',
    (operation) => {
      expect(meaningOfRefusal({ operation, code: 1, message: 'GDP_MSG_11.005' }).fr).toContain('habilitation');
      expect(meaningOfRefusal({ operation, code: 1, message: 'GDP_MSG_11.001' }).fr).toContain('état de la facture');
    },
  );

  it('that nobody knows is told as it came', () => {
    const message = 'Le montant est incohérent';
    expect(meaningOfRefusal({ operation: 'factures/v1/soumettre', code: 20013, message })).toEqual({
      fr: message,
      en: message,
    });
  });
});
