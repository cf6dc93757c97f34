import { defineConfig } from 'vitest/config';

/** The tests that mutants have to survive: quick ones, without the simulation, the templates and the end-to-end runs. */
export default defineConfig({
  test: { include: ['test/unit/**/*.test.ts', 'test/contract/ledger*.test.ts'], testTimeout: 60_000, isolate: false },
});
