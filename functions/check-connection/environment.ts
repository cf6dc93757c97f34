import { chorusProOverride } from '../../shared/aws/environment.ts';

export const checkConnectionEnvironment = { required: ['LEDGER_TABLE'], optional: chorusProOverride } as const;
