import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongFirst } from './tests/support/long-first.ts';

/** Suites that start sandboxes, clusters or a browser. Everything that they start has its own name or port. */
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
/**
 * Suites that measure or exhaust the memory of the whole machine, so no other test may start a sandbox or a browser
 * meanwhile. Vitest starts the shared server before the first group: its spare clusters are there, and idle.
 */
const ALONE = ['tests/hostile/hostile.test.ts'];
/** Browsers, servers and clusters wait for each other most of the time, but more than a few need too much memory. */
const WORKERS = Math.min(6, Math.max(2, 2 * availableParallelism()));

/** Returns a project. Those of one group run at the same time and share the workers; the next group waits for them. */
function project(
  name: string,
  groupOrder: number,
  files: { include: string[]; exclude?: string[]; globalSetup?: string },
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      pool: 'forks',
      // A worker keeps its modules, and its browser, from one file to the next. No test changes what others import.
      isolate: false,
      maxWorkers: WORKERS,
      sequence: { groupOrder },
      include: files.include,
      ...(files.globalSetup === undefined ? {} : { globalSetup: files.globalSetup }),
      exclude: [...configDefaults.exclude, ...(files.exclude ?? [])],
      // Generous: a deadline must only show that something hangs, not that the machine is slow.
      testTimeout: 120_000,
      hookTimeout: 180_000,
      // A test without assertions fails. The default deadline of one second is too short for a busy machine.
      expect: { requireAssertions: true, poll: { timeout: 20_000, interval: 100 } },
    },
  };
}

export default defineConfig({
  test: {
    // Suites may have to stop several servers before the process can end.
    teardownTimeout: 30_000,
    sequence: { sequencer: LongFirst },
    projects: [
      project('light', 0, {
        include: ['standin/tests/**/*.test.ts', 'tests/**/*.test.ts'],
        exclude: [...HEAVY, ...ALONE],
      }),
      project('alone', 0, { include: ALONE }),
      project('heavy', 1, { include: HEAVY, globalSetup: 'tests/support/start-shared-server.ts' }),
    ],
  },
});
