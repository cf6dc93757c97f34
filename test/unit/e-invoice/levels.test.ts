import { describe, expect, it } from 'vitest';
import { readEInvoice } from '../../../shared/e-invoice/read-e-invoice.ts';
import { rulesBrokenBy } from '../../../shared/e-invoice/rules/check-rules.ts';
import { profiles } from '../../../shared/invoice/submit-command.ts';
import { cii, UBL } from '../../../tools/chorus-pro-simulator/example-flux.ts';

/** How each profile takes a rule's breach in this file: "refuse", "warn", or nothing. */
function levelsOf(id: string, xml: string) {
  const reading = readEInvoice(Buffer.from(xml));
  if (reading.kind !== 'invoice') throw new Error(reading.kind);
  return profiles.map((profile) => rulesBrokenBy(reading.invoice, profile).find(({ rule }) => rule === id)?.level);
}

const due = (amount: string) => cii().replace('DuePayableAmount>1200.00', `DuePayableAmount>${amount}`);
const framework = (id: string) => UBL.replace('>A1<', `>${id}<`);
const date = (text: string) => cii({ date: text });

describe('what Chorus Pro’s direct way may take, and the reform does not', () => {
  it.each<[what: string, id: string, xml: string, levels: (string | undefined)[]]>([
    ['two decimals', 'BR-DEC-18', due('1200.00'), [undefined, undefined]],
    ['more decimals, all of them zeros', 'BR-DEC-18', due('1200.000'), ['warn', 'refuse']],
    ['more decimals', 'BR-DEC-18', due('1200.001'), ['refuse', 'refuse']],
    ['a comma', 'CR-NUMBER', due('1200,00'), ['refuse', 'refuse']],
    ['a date as CII writes it', 'CII-DT-097', date('20261120'), [undefined, undefined]],
    ['a date as UBL writes it', 'CII-DT-097', date('2026-11-20'), ['warn', 'refuse']],
    ['a date that does not exist', 'CII-DT-097', date('20261131'), ['warn', 'refuse']],
    ['a Peppol profile as framework', 'CP-FRAMEWORK', framework('urn:fdc:peppol.eu:2017:x'), ['warn', undefined]],
    ['a framework of nobody', 'CP-FRAMEWORK', framework('A99'), ['refuse', undefined]],
  ])('%s: %s', (_what, id, xml, levels) => {
    expect(levelsOf(id, xml)).toEqual(levels);
  });

  it('says where the framework stands and what to write', () => {
    const reading = readEInvoice(Buffer.from(framework('A99')));
    const broken = reading.kind === 'invoice' ? rulesBrokenBy(reading.invoice, 'chorus-classic') : [];
    expect(broken.find(({ rule }) => rule === 'CP-FRAMEWORK')?.fr).toMatch(/BT-23.*cbc:ProfileID.*Écrivez A1/);
  });
});
