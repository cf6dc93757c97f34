import { RECIPIENTS, SUPPLIERS } from '../../../tools/chorus-pro-simulator/index.ts';
import { relay, type Relay, type RelayOptions } from '../../support/relay.ts';

export const day = 24 * 60;
export const path = <Name extends string>(operation: Name) => `/cpro/factures/v1/${operation}` as const;

/** A relay whose connection reads requests to validate. */
export const validating = (options: RelayOptions = {}): Relay => relay({ settings: { validations: {} }, ...options });

/** What a subcontractor asks the example's company, 1,200.00 € with VAT. */
export const asked = (number = 'ST-1', more: object = {}) => ({
  ...{ number, subcontractor: SUPPLIERS.subcontractor, validator: SUPPLIERS.company },
  ...{ recipient: RECIPIENTS.nothingMandatory, market: '2026-BAT-1', net: 1_000, vat: 200 },
  ...more,
});

export const answer = (decision: 'accept' | 'refuse', more: object = {}) => ({
  ...{ type: 'validation.answer', version: 1, connection: 'example' },
  request: { subcontractor: SUPPLIERS.subcontractor, number: 'ST-1' },
  decision,
  ...more,
});
export const accept = answer('accept');

/** `requested`, `due` …: what the ERP was told of requests, in order. */
export const toldOf = ({ validationEvents }: Relay): string[] =>
  validationEvents.map(({ type }) => type.replace(/^chorus-relay\.validation\.|\.v1$/g, ''));
