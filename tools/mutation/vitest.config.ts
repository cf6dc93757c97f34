import { defineConfig } from 'vitest/config';

/**
 * The tests that mutants must not survive: quick ones, without the simulation, the templates and the end-to-end runs.
 * Files share a process, so a mutant of a value that a module computes once (such as Paris's clock) may survive
 * falsely.
 */
export default defineConfig({
  test: { include: ['test/unit/**/*.test.ts', 'test/contract/ledger*.test.ts'], testTimeout: 60_000, isolate: false },
});
