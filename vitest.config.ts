import { defineConfig } from 'vitest/config';

const kind = (name: string, seconds: number) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: seconds * 1000, hookTimeout: seconds * 1000 },
});

export default defineConfig({
  test: {
    // One for each core, also where there are only two: most tests wait for functions that they started.
    maxWorkers: 2,
    projects: [
      kind('unit', 10),
      kind('contract', 20),
      kind('simulation', 120),
      kind('infra', 60),
      kind('end-to-end', 120),
    ],
    coverage: {
      provider: 'v8',
      include: ['shared/ledger/**', 'shared/invoice/**', 'shared/chorus-pro/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { branches: 95 },
    },
  },
});
