import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';

/** Skipped tests of one file that are told by name. */
const MOST_NAMED = 3;

/** How many checks and tests came out how. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The line that ends a test run: hosted checks read it, so it stands alone and says nothing else. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Counts what Vitest's own reporters print, and keeps the reason of every skipped test. What fails outside a test (a file that
 * cannot be loaded, a hook, a rejection that nobody awaited) counts as failed too: Vitest calls the tests it took along skipped.
 */
export class TallyReporter implements Reporter {
  readonly tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  /** By reason, then by file: the names of the tests. */
  readonly #skipped = new Map<string, Map<string, string[]>>();
  readonly #fallbackReason: string;

  /** @param fallbackReason Why tests that give no reason of their own were skipped. */
  constructor(fallbackReason = 'it gives no reason') {
    this.#fallbackReason = fallbackReason;
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.tally.passed += 1;
    else if (result.state === 'failed') this.tally.failed += 1;
    else if (result.state === 'skipped') this.#skip(test, result.note);
  }

  onTestSuiteResult(suite: TestSuite): void {
    if (suite.errors().length > 0) this.tally.failed += 1;
  }

  onTestModuleEnd(module: TestModule): void {
    if (module.errors().length > 0) this.tally.failed += 1;
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.tally.failed += unhandled.length;
  }

  /** One paragraph a reason, with the tests it kept from running; where it kept many of a file, their number. */
  skippedLines(): string[] {
    return [...this.#skipped].flatMap(([reason, files]) => [
      `Skipped, because ${reason}:`,
      ...[...files].flatMap(([file, names]) => (names.length > MOST_NAMED ? [`  ${file}: ${names.length} tests`] : names.map((name) => `  ${file}: ${name}`))),
    ]);
  }

  #skip(test: TestCase, note: string | undefined): void {
    this.tally.skipped += 1;
    const reason = note ?? this.#fallbackReason;
    const files = this.#skipped.get(reason) ?? new Map<string, string[]>();
    const file = test.module.relativeModuleId;
    this.#skipped.set(reason, files.set(file, [...(files.get(file) ?? []), test.fullName]));
  }
}
