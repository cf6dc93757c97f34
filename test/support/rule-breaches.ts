import type { Term } from '../../shared/e-invoice/terms.ts';

/** What breaks each rule about an e-invoice, of the invoice in whole-e-invoice.ts. */

/** The terms without which a rule is broken. */
export const missing: Readonly<Record<string, readonly Term[]>> = {
  ...{
    'BR-01': ['BT-24'],
    'BR-02': ['BT-1'],
    'BR-03': ['BT-2'],
    'BR-04': ['BT-3'],
    'BR-05': ['BT-5'],
    'BR-06': ['BT-27'],
  },
  ...{
    'BR-07': ['BT-44'],
    'BR-08': ['BT-35', 'BT-40'],
    'BR-09': ['BT-40'],
    'BR-10': ['BT-50', 'BT-55'],
    'BR-11': ['BT-55'],
  },
  ...{ 'BR-12': ['BT-106'], 'BR-13': ['BT-109'], 'BR-14': ['BT-112'], 'BR-15': ['BT-115'], 'BR-17': ['BT-59'] },
  ...{ 'BR-21': ['BT-126'], 'BR-22': ['BT-129'], 'BR-23': ['BT-130'], 'BR-24': ['BT-131'], 'BR-25': ['BT-153'] },
  ...{ 'BR-26': ['BT-146'], 'BR-CO-04': ['BT-151'], 'BR-31': ['BT-92'], 'BR-32': ['BT-95'], 'BR-33': ['BT-97'] },
  ...{ 'BR-CO-21': ['BT-97'], 'BR-36': ['BT-99'], 'BR-37': ['BT-102'], 'BR-38': ['BT-104'], 'BR-CO-22': ['BT-104'] },
  ...{ 'BR-41': ['BT-136'], 'BR-42': ['BT-139'], 'BR-CO-23': ['BT-139'], 'BR-43': ['BT-141'], 'BR-44': ['BT-144'] },
  ...{ 'BR-CO-24': ['BT-144'], 'BR-45': ['BT-116'], 'BR-46': ['BT-117'], 'BR-47': ['BT-118'], 'BR-48': ['BT-119'] },
  ...{ 'BR-49': ['BT-81'], 'BR-52': ['BT-122'], 'BR-53': ['BT-111'], 'BR-54': ['BT-160'], 'BR-55': ['BT-25'] },
  ...{ 'BR-57': ['BT-80'], 'BR-61': ['BT-84'], 'BR-62': ['BT-34-1'], 'BR-63': ['BT-49-1'], 'BR-64': ['BT-157-1'] },
  ...{ 'BR-65': ['BT-158-1'], 'BR-FR-12': ['BT-49'], 'BR-FR-13': ['BT-34'], 'BR-CO-26': ['BT-29', 'BT-30', 'BT-31'] },
  ...{
    'CPRO-10': ['BT-46', 'BT-46-1'],
    'CP-PAYMENT': ['BT-81'],
    'CP-ACCOUNT': ['BT-84'],
    'CP-BUYER': ['BT-46', 'BT-46-1'],
  },
  ...{ 'CP-SELLER': ['BT-29', 'BT-29-1'], 'BR-18': ['BT-62'], 'BR-20': ['BT-69'], 'BR-56': ['BT-63'] },
};

const long = 'X'.repeat(101);
/** The value of a term with which a rule is broken. */
export const set: Readonly<Record<string, readonly [term: Term, value: string]>> = {
  ...{ 'BR-CO-10': ['BT-106', '301.00'], 'BR-CO-11': ['BT-107', '21.00'], 'BR-CO-12': ['BT-108', '11.00'] },
  ...{ 'BR-CO-13': ['BT-109', '291.00'], 'BR-CO-14': ['BT-110', '59.00'], 'BR-CO-15': ['BT-112', '349.00'] },
  ...{ 'BR-CO-16': ['BT-115', '349.00'], 'BR-CO-17': ['BT-117', '60.00'], 'CR-VAT-CENT': ['BT-117', '58.50'] },
  ...{ 'CR-VAT-BASE': ['BT-116', '290.01'], 'BR-27': ['BT-146', '-1.00'], 'BR-28': ['BT-148', '-1.00'] },
  ...{ 'BR-29': ['BT-74', '2026-09-30'], 'BR-30': ['BT-135', '2026-09-30'], 'BR-51': ['BT-87', '12345678901'] },
  ...{ 'BR-CO-03': ['BT-7', '2026-11-05'], 'BR-CO-09': ['BT-31', '69999100019'], 'BR-CL-01': ['BT-3', '999'] },
  ...{ 'BR-CL-04': ['BT-5', 'XX'], 'BR-CL-05': ['BT-6', 'XX'], 'BR-CL-06': ['BT-8', '1'], 'BR-CL-08': ['BT-21', 'X'] },
  ...{
    'BR-CL-14': ['BT-40', 'XX'],
    'BR-CL-15': ['BT-159', 'XX'],
    'BR-CL-16': ['BT-81', '99'],
    'BR-CL-18': ['BT-151', 'X'],
  },
  ...{
    'CII-DT-097': ['BT-9', '20261205'],
    'BR-FR-01': ['BT-1', long],
    'BR-FR-02': ['BT-1', 'A B'],
    'BR-FR-04': ['BT-3', '80'],
  },
  ...{ 'BR-FR-05': ['BT-21', 'ABC'], 'BR-FR-08': ['BT-23', 'A1'], 'BR-FR-09': ['BT-29', '12345678200051'] },
  ...{ 'BR-FR-10': ['BT-30-1', '0009'], 'BR-FR-32': ['BT-47', '12345678200051'], 'BR-FR-15': ['BT-151', 'L'] },
  ...{ 'BR-FR-16': ['BT-152', '21'], 'BR-FR-17': ['BT-123', 'Relevé'], 'BR-FR-CO-09': ['BT-23', 'S2'] },
  ...{ 'CPRO-02': ['BT-1', 'X'.repeat(21)], 'CPRO-14': ['BT-12', long], 'CPRO-15': ['BT-13', long] },
  ...{ 'CPRO-43': ['BT-27', long], 'CPRO-44': ['BT-44', long], 'CPRO-24': ['BT-23', 'S5'] },
  ...{ 'CP-NUMBER': ['BT-1', 'A B'], 'CP-WORKS': ['BT-23', 'A4'], 'CP-VALIDATOR': ['BT-23', 'A9'] },
  ...{ 'CP-SERVICE': ['BT-10', long], 'CP-COMMITMENT': ['BT-13', long], 'CP-CONTRACT': ['BT-12', long] },
};

/** The term of which a rule bounds the decimals. */
export const decimals: Readonly<Record<string, Term>> = {
  ...{ 'BR-DEC-01': 'BT-92', 'BR-DEC-02': 'BT-93', 'BR-DEC-05': 'BT-99', 'BR-DEC-06': 'BT-100', 'BR-DEC-09': 'BT-106' },
  ...{
    'BR-DEC-10': 'BT-107',
    'BR-DEC-11': 'BT-108',
    'BR-DEC-12': 'BT-109',
    'BR-DEC-13': 'BT-110',
    'BR-DEC-14': 'BT-112',
  },
  ...{
    'BR-DEC-15': 'BT-111',
    'BR-DEC-16': 'BT-113',
    'BR-DEC-17': 'BT-114',
    'BR-DEC-18': 'BT-115',
    'BR-DEC-19': 'BT-116',
  },
  ...{
    'BR-DEC-20': 'BT-117',
    'BR-DEC-23': 'BT-131',
    'BR-DEC-24': 'BT-136',
    'BR-DEC-25': 'BT-137',
    'BR-DEC-27': 'BT-141',
  },
  ...{ 'BR-DEC-28': 'BT-142', 'BR-FR-DEC-01': 'BT-131' },
};
