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
 * Counts what Vitest's own reporters print, and keeps the reason of every skipped test; one that has none counts as
 * failed. What fails outside a test (a file that cannot be loaded, a hook, a rejection that nobody awaited) counts as
 * failed too: Vitest calls the tests it took along skipped.
 */
export class TallyReporter implements Reporter {
  readonly tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  /** By reason, then by file: the names of the tests. */
  readonly #skipped = new Map<string, Map<string, string[]>>();
  /** Tests that were skipped and say no reason; whether there is one is known at the end. */
  readonly #silent: TestCase[] = [];
  readonly #unexplained: string[] = [];
  readonly #reasonOfRun: string | undefined;

  /** @param reasonOfRun Why tests of this run that give no reason of their own may be skipped; without it none may. */
  constructor(reasonOfRun?: string) {
    this.#reasonOfRun = reasonOfRun;
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.tally.passed += 1;
    else if (result.state === 'failed') this.tally.failed += 1;
    else if (result.state === 'skipped' && result.note !== undefined) this.#skip(test, result.note);
    else if (result.state === 'skipped') this.#silent.push(test);
  }

  onTestSuiteResult(suite: TestSuite): void {
    if (suite.errors().length > 0) this.tally.failed += 1;
  }

  onTestModuleEnd(module: TestModule): void {
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

  /**
   * One paragraph a reason, with the tests it kept from running; where it kept many of a file, their number. Last, by
   * name, those without one.
   */
  skippedLines(): string[] {
    const explained = [...this.#skipped].flatMap(([reason, files]) => [
      `Skipped, because ${reason}:`,
      ...[...files].flatMap(([file, names]) =>
        names.length > MOST_NAMED ? [`  ${file}: ${names.length} tests`] : names.map((name) => `  ${file}: ${name}`),
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

/** Whether a hook of a suite around it, or its file, failed. */
function lacksPreparation(test: TestCase): boolean {
  let around: TestSuite | TestModule = test.parent;
  while (around.type === 'suite' && around.errors().length === 0) around = around.parent;
  return around.errors().length > 0;
}
