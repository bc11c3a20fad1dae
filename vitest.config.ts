import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Suites that start containers, clusters or a browser: one file at a time, so that none waits for another's cores and
 * slots.
 */
const HEAVY = [
  'standin/tests/conformance',
  'standin/tests/sql',
  'standin/tests/wire',
  'tests/browser',
  'tests/commands/cluster',
  'tests/contracts',
  'tests/hostile',
  'tests/server/agent',
  'tests/server/http',
  'tests/server/oci',
  'tests/tutorials',
];
const heavy = [...HEAVY.map((folder) => `${folder}/**/*.test.ts`), '**/*.live.test.ts'];

/** Generous: a deadline tells that something hangs, never how fast the machine is. */
const timeouts = { testTimeout: 60_000, hookTimeout: 180_000, teardownTimeout: 30_000 };
/** The default is a second: too little on a busy machine. */
const expect = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    // Several servers may be told to stop by their suites before the process may end.
    teardownTimeout: timeouts.teardownTimeout,
    projects: [
      {
        test: {
          name: 'light',
          include: ['standin/tests/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...heavy],
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          testTimeout: timeouts.testTimeout,
          hookTimeout: timeouts.hookTimeout,
          expect,
        },
      },
      {
        test: {
          name: 'heavy',
          include: heavy,
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: timeouts.hookTimeout,
          expect,
        },
      },
    ],
  },
});
