/**
 * Where a rule of ours refuses or tells what the official rules (CEN's artefacts for EN 16931, FNFE's for the reform)
 * let pass, and why. test/unit/e-invoice/judged.test.ts allows no other difference.
 */
export const stricterRules = {
  'CR-VAT-CENT': 'the norm allows VAT to be off by up to 0.99 €; Chorus Pro has the cent of the invoice to pay',
  'CR-VAT-LINE': 'the same, where rounding line by line explains it: it is told, and refused only with `by-total`',
  'CR-VAT-BASE': 'CEN’s rule for UBL allows a taxable amount to be off by 1.00 €, its rule for CII by nothing',
  'CR-DATE': 'CEN’s rules for CII leave out the date of the preceding invoice (BT-26)',
  'CR-NUMBER': 'only the XML Schemas refuse what is no number; it could not be added up',
  'CR-EMPTY': 'only the XML Schemas refuse an element with nothing inside',
  'CPRO-*':
    'the artefacts leave out what a public buyer needs (its SIRET as BT-46, for one); AIFE’s text of the reform asks it',
} as const satisfies Record<string, string>;

/** @param id of a rule of ours */
export const isStricter = (id: string): boolean =>
  Object.keys(stricterRules).some((known) => (known.endsWith('*') ? id.startsWith(known.slice(0, -1)) : id === known));
