import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    /** How many things a test has checked that the number of tests does not show, such as the steps of a tutorial. */
    checked?: Record<string, number>;
  }
}

/** How many skipped tests of one file are reported by name. */
const MAX_NAMED = 3;

/** How many checks and tests passed, failed and were skipped. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Returns the line that ends a test run. Hosted checks read it, so it contains nothing else. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Counts what Vitest's own reporters print, and records the reason of every skipped test; one without a reason counts
 * as failed. What fails outside a test (a file that cannot be loaded, a hook, an unhandled rejection) also counts as
 * failed: Vitest reports the tests that it prevents as skipped.
 */
export class TallyReporter implements Reporter {
  readonly tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  /** Files that were run, relative to the project's root. */
  readonly files = new Set<string>();
  /** What tests have reported as checked: how many of each kind. */
  readonly checked = new Map<string, number>();
  /** The names of the skipped tests, by reason and file. */
  readonly #skipped = new Map<string, Map<string, string[]>>();
  /** Tests that were skipped without a reason of their own; whether there is another is known at the end. */
  readonly #silent: TestCase[] = [];
  readonly #unexplained: string[] = [];
  readonly #reasonOfRun: string | undefined;

  /** @param reasonOfRun Why tests of this run without a reason of their own may be skipped; without it none may. */
  constructor(reasonOfRun?: string) {
    this.#reasonOfRun = reasonOfRun;
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.tally.passed += 1;
    else if (result.state === 'failed') this.tally.failed += 1;
    else if (result.state === 'skipped' && result.note !== undefined) this.#skip(test, result.note);
    else if (result.state === 'skipped') this.#silent.push(test);
    for (const [what, count] of Object.entries(test.meta().checked ?? {}))
      this.checked.set(what, (this.checked.get(what) ?? 0) + count);
  }

  onTestSuiteResult(suite: TestSuite): void {
    if (suite.errors().length > 0) this.tally.failed += 1;
  }

  onTestModuleEnd(module: TestModule): void {
    this.files.add(module.relativeModuleId);
    if (module.errors().length > 0) this.tally.failed += 1;
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.tally.failed += unhandled.length;
    for (const test of this.#silent.splice(0)) {
      const reason = lacksPreparation(test) ? 'what prepares them failed' : this.#reasonOfRun;
      if (reason !== undefined) this.#skip(test, reason);
      else {
        this.tally.failed += 1;
        this.#unexplained.push(`  ${test.module.relativeModuleId}: ${test.fullName}`);
      }
    }
  }

  /** Counts each of these files that was not run as failed, and returns them. */
  missing(expected: readonly string[]): string[] {
    const missing = expected.filter((file) => !this.files.has(file));
    this.tally.failed += missing.length;
    return missing;
  }

  /** Returns how many files were run, and what their tests checked, in words. */
  checkedWords(): string {
    const counts = [...this.checked].map(([what, count]) => `${count} ${what}`);
    return [`${this.files.size} test files`, ...counts.toSorted()].join(', ');
  }

  /**
   * Returns a paragraph for each reason, with the tests that it kept from running, or only their number when a file has
   * many. Last, by name, come those without a reason.
   */
  skippedLines(): string[] {
    const explained = [...this.#skipped].flatMap(([reason, files]) => [
      `Skipped, because ${reason}:`,
      ...[...files].flatMap(([file, names]) =>
        names.length > MAX_NAMED ? [`  ${file}: ${names.length} tests`] : names.map((name) => `  ${file}: ${name}`),
      ),
    ]);
    if (this.#unexplained.length === 0) return explained;
    return [
      ...explained,
      "Failed, because they were skipped without a reason (`context.skip('…')` gives one):",
      ...this.#unexplained,
    ];
  }

  #skip(test: TestCase, reason: string): void {
    this.tally.skipped += 1;
    const files = this.#skipped.get(reason) ?? new Map<string, string[]>();
    const file = test.module.relativeModuleId;
    this.#skipped.set(reason, files.set(file, [...(files.get(file) ?? []), test.fullName]));
  }
}

/** Whether its file, or a hook of a suite around it, has failed. */
function lacksPreparation(test: TestCase): boolean {
  let around: TestSuite | TestModule = test.parent;
  while (around.type === 'suite' && around.errors().length === 0) around = around.parent;
  return around.errors().length > 0;
}
