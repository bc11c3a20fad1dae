import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Suites that start sandboxes, clusters or a browser. What they start has a name or a port of its own. */
const HEAVY = [
  ...[
    'standin/tests/conformance',
    'standin/tests/wire',
    'tests/browser',
    'tests/commands/cluster',
    'tests/contracts',
    'tests/server/oci',
    'tests/tutorials',
  ].map((folder) => `${folder}/**/*.test.ts`),
  '**/*.live.test.ts',
];
/** Measures the memory of the whole machine, or uses it up: no sandbox and no browser is started meanwhile. */
const ALONE = ['tests/hostile/hostile.test.ts'];
/** Browsers, servers and clusters wait for each other most of the time. More than a few of them want more memory. */
const WORKERS = Math.min(6, Math.max(2, 2 * availableParallelism()));

/** Projects of one group run at the same time, and share the workers; the next group waits for all of them. */
function project(
  name: string,
  groupOrder: number,
  files: { include: string[]; exclude?: string[] },
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      pool: 'forks',
      maxWorkers: WORKERS,
      sequence: { groupOrder },
      include: files.include,
      exclude: [...configDefaults.exclude, ...(files.exclude ?? [])],
      // Generous: a deadline tells that something hangs, never how fast the machine is.
      testTimeout: 120_000,
      hookTimeout: 180_000,
      // A test that asserts nothing fails. The default deadline is a second: too little on a busy machine.
      expect: { requireAssertions: true, poll: { timeout: 20_000 } },
    },
  };
}

export default defineConfig({
  test: {
    // Several servers may be told to stop by their suites before the process may end.
    teardownTimeout: 30_000,
    projects: [
      project('light', 0, {
        include: ['standin/tests/**/*.test.ts', 'tests/**/*.test.ts'],
        exclude: [...HEAVY, ...ALONE],
      }),
      project('alone', 0, { include: ALONE }),
      project('heavy', 1, { include: HEAVY }),
    ],
  },
});
