import { chorusProOverride } from '../../shared/environment.ts';

export const checkConnectionEnvironment = { required: ['LEDGER_TABLE'], optional: chorusProOverride } as const;
