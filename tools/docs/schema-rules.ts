/** The rules between the fields of a command that JSON Schema can say too, by the relay's reason for each. */
import type * as z from 'zod';
import { attachmentExtensions } from '../../shared/invoice/fields.ts';
import type { commandSchemas } from '../../shared/invoice/read-command.ts';
import type { ReasonCode } from '../../shared/invoice/reasons.ts';

export type Schema = z.core.JSONSchema.BaseSchema;

export const nothing: Schema = { $ref: '#/$defs/nothing' };
/** An empty list is not there either. */
export const isThere: Schema = { not: { anyOf: [nothing, { type: 'array', maxItems: 0 }] } };
const isNotThere: Schema = { anyOf: [nothing, { type: 'array', maxItems: 0 }] };

/** Of the inner ones, ajv's strict mode wants to know what they are. */
const objectWith = (fields: Schema): Schema => ({ type: 'object', ...fields });
/** Not `anyOf`, of which validators say only that none of it fits: this way they tell what is wrong inside. */
export const orNothing = (like: Schema): Schema => ({ if: nothing, else: like });

/** A field that is there and is like this: `invoice.framework`. */
function has(path: string, like: Schema): Schema {
  const [name = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? like : objectWith(has(rest.join('.'), like));
  return { required: [name], properties: { [name]: inner } };
}

/** A field that is like this if it is there: `invoice.vatBreakdown[].base`. */
function wherever(path: string, like: Schema): Schema {
  const [part = '', ...rest] = path.split('.');
  const name = part.replace('[]', '');
  const inner = rest.length === 0 ? like : objectWith(wherever(rest.join('.'), like));
  if (name === part) return { properties: { [name]: rest.length === 0 ? inner : orNothing(inner) } };
  return { properties: { [name]: orNothing({ type: 'array', items: objectWith(inner) }) } };
}

const oneOf = (...values: string[]): Schema => ({ enum: values });
const both = (...parts: Schema[]): Schema => ({ allOf: parts });
const zero: Schema = { type: 'string', pattern: String.raw`^-?0+(\.0+)?$` };
const negative: Schema = { allOf: [{ type: 'string', pattern: '^-' }, { not: zero }] };
const notNegative: Schema = { anyOf: [{ type: 'string', pattern: '^[0-9]' }, zero] };

const validated = has('invoice.framework', oneOf('A9', 'A12'));
const exempt = has('invoice.vatRegime', oneOf('exempt'));
const charged = has('invoice.vatRegime', oneOf('on-debits', 'on-receipts'));
const uncharged = has('invoice.vatRegime', oneOf('exempt', 'reverse-charge', 'none'));

/** Python has no flag that all other languages have too. */
const anyCase = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
const ends = (...extensions: readonly string[]): Schema => ({
  type: 'string',
  pattern: String.raw`\.(?:${extensions.map(anyCase).join('|')})\s*$`,
});
/** The extension is not the whole name. */
const namedWith = (extension: string): Schema => ({
  type: 'string',
  pattern: String.raw`[^\s]\.${anyCase(extension)}\s*$`,
});

const ofFile = both(
  { not: has('route', oneOf('pdf')) },
  {
    anyOf: [
      has('document.format', oneOf('factur-x', 'cii', 'ubl')),
      both(wherever('document.format', nothing), has('document.name', ends('xml'))),
      // Only an e-invoice can take this route.
      has('route', oneOf('flux')),
    ],
  },
);
/** What is sent with the command's own data. A schema cannot look into a file: it takes a PDF for a plain one. */
const ofPdf: Schema = { not: ofFile };

interface Condition {
  /** Without it: always. */
  if?: Schema;
  then: Schema;
}
type Conditions = Readonly<Partial<Record<ReasonCode, readonly Condition[]>>>;

const ofAttachments: Conditions = {
  'attachment-extension': [{ then: wherever('attachments[].name', ends(...attachmentExtensions.value)) }],
};

const totalsOfCreditNote = ['taxExclusive', 'vat', 'taxInclusive', 'due', 'discount.amount'];

/** By command. */
const conditions: Readonly<Partial<Record<keyof typeof commandSchemas, Conditions>>> = {
  'invoice.submit': {
    ...ofAttachments,
    'missing-field': [
      {
        if: both(ofPdf, has('invoice.type', oneOf('invoice'))),
        then: has('invoice.payment.means', isThere),
      },
      {
        then: wherever('invoice.totals.deductions[]', {
          if: { anyOf: [has('base', isThere), has('previous', isThere)] },
          then: has('rate', isThere),
        }),
      },
    ],
    'release-unexpected': [
      {
        if: has('invoice.type', oneOf('credit-note')),
        then: wherever('invoice.totals.deductions[].releases', isNotThere),
      },
      {
        then: wherever('invoice.totals.deductions[]', {
          if: has('releases', isThere),
          then: both(has('kind', oneOf('retention')), has('amount', negative)),
        }),
      },
    ],
    'release-sign': [
      { then: wherever('invoice.totals.deductions[].releases[]', has('amount', { not: { anyOf: [negative, zero] } })) },
    ],
    'validator-missing': [{ if: validated, then: has('invoice.validator', isThere) }],
    'exemption-reason': [{ if: exempt, then: has('invoice.exemptionReason', isThere) }],
    'exemption-reason-unexpected': [
      {
        if: both(ofPdf, has('invoice.vatRegime', oneOf('on-debits', 'on-receipts', 'reverse-charge', 'none'))),
        then: wherever('invoice.exemptionReason', isNotThere),
      },
    ],
    'vat-breakdown-missing': [{ if: both(ofPdf, charged), then: has('invoice.vatBreakdown', isThere) }],
    'vat-regime': [{ if: both(ofPdf, uncharged), then: wherever('invoice.totals.vat', zero) }],
    'already-paid': [{ if: has('invoice.framework', oneOf('A2')), then: wherever('invoice.totals.due', zero) }],
    'credit-note-sign': [
      {
        if: has('invoice.type', oneOf('credit-note')),
        then: both(...totalsOfCreditNote.map((field) => wherever(`invoice.totals.${field}`, notNegative))),
      },
    ],
    'attachments-inside': [{ if: ofFile, then: wherever('attachments', isNotThere) }],
    'route-without-pdf': [
      { if: has('route', oneOf('pdf')), then: wherever('document.format', { not: oneOf('cii', 'ubl') }) },
    ],
    'document-extension': [
      { if: has('document.format', oneOf('pdf', 'factur-x')), then: wherever('document.name', namedWith('pdf')) },
      { if: has('document.format', oneOf('cii', 'ubl')), then: wherever('document.name', namedWith('xml')) },
      { then: wherever('document.name', { anyOf: [namedWith('pdf'), namedWith('xml')] }) },
    ],
  },
  'works.submit': {
    ...ofAttachments,
    'missing-field': [
      { if: ofPdf, then: has('invoice.payment.means', isThere) },
      {
        then: wherever('invoice.totals.deductions[]', {
          if: { anyOf: [has('base', isThere), has('previous', isThere)] },
          then: has('rate', isThere),
        }),
      },
    ],
    'works-party-missing': [
      { if: has('works.document', oneOf('A4', 'A7')), then: has('works.projectManager', isThere) },
      { if: has('works.document', oneOf('A10', 'A11')), then: has('works.mainContractor', isThere) },
      { if: has('works.document', oneOf('A13', 'A14')), then: has('works.lead', isThere) },
    ],
    'works-statement-missing': [
      {
        if: has('works.document', oneOf('A4', 'A7', 'A10', 'A11', 'A13', 'A14', 'A22')),
        then: has('works.statement', isThere),
      },
    ],
    'exemption-reason': [{ if: exempt, then: has('invoice.exemptionReason', isThere) }],
    'document-extension': [
      { if: has('document.format', oneOf('pdf', 'factur-x')), then: wherever('document.name', namedWith('pdf')) },
      { if: has('document.format', oneOf('cii', 'ubl')), then: wherever('document.name', namedWith('xml')) },
      { then: wherever('document.name', { anyOf: [namedWith('pdf'), namedWith('xml')] }) },
    ],
  },
  'invoice.complete': ofAttachments,
  'validation.answer': {
    'refusal-reason': [
      { if: has('decision', oneOf('refuse')), then: has('reason', isThere) },
      { if: has('decision', oneOf('accept')), then: wherever('reason', isNotThere) },
    ],
  },
};

/** For the schema of a command; `$comment` names the relay's reason. */
export const conditionsOf = (type: string): Schema[] => {
  const [, own = {}] = Object.entries(conditions).find(([command]) => command === type) ?? [];
  return Object.entries(own).flatMap(([code, list]) =>
    list.map(({ if: when, then }) => ({ $comment: code, ...(when ? { if: when, then } : then) })),
  );
};
