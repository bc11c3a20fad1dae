import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The test files that take longest, more than a minute each on two cores, in that order. */
export const LONGEST = [
  'tests/browser/in-sight.test.ts',
  'tests/browser/layout-shift.test.ts',
  'standin/tests/conformance/shell.test.ts',
  'tests/server/signals.live.test.ts',
  'tests/tutorials/mutations.test.ts',
  'standin/tests/conformance/statements.test.ts',
  'tests/browser/trouble.test.ts',
  'tests/browser/accessibility.test.ts',
  'tests/tutorials/tutorials.test.ts',
];

/**
 * Starts the longest files first, so that no worker is busy with one of them when all others have nothing left to do.
 * Vitest would go by the sizes of the files, or by what it has measured, which a new clone lacks.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
