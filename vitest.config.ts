import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/**
 * The longest kinds first, so that the end is short tests on all cores rather than a long one on one. The limits are
 * against what hangs, and measure nothing: a machine that is four times slower keeps within them.
 */
const seconds = { 'end-to-end': 480, simulation: 480, infra: 240, contract: 80, unit: 60 } as const;

const kinds = Object.keys(seconds);

/** Before all others: one waits for two minutes, mostly for answers that never come; the other computes meanwhile. */
const longest = ['faults.test.ts', 'mutants.test.ts'];

/** Lower comes first. */
const placeOf = ({ project, moduleId }: TestSpecification): number =>
  longest.some((name) => moduleId.endsWith(`/${name}`)) ? -1 : kinds.indexOf(project.name);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
}

// A tenth of what a worker does is to compile the CDK and the AWS SDK, which the worker before it has done.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

export default defineConfig({
  test: {
    // More than the two cores of a small machine: many tests wait for functions that they started.
    maxWorkers: 3,
    // No file leaves anything behind for the next, so that what takes seconds to load (the CDK, the AWS SDK) is loaded once.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: Object.entries(seconds).map(([name, limit]) => ({
      extends: true as const,
      test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: limit * 1000, hookTimeout: limit * 1000 },
    })),
    coverage: {
      provider: 'v8',
      include: ['shared/ledger/**', 'shared/invoice/**', 'shared/chorus-pro/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { branches: 95 },
    },
  },
});
