// The test command: `npm test`, `npm test -- tests/server/oci` (these files only), `npm test -- --without-sandbox`.
import { resolve } from 'node:path';
import { readSetup } from '../server/setup-file.ts';
import { commands, programPath } from '../server/setup/npm-scripts.mjs';
import { runCheck, type Check, type CheckOutcome } from './support/check.ts';
import { testFilesIn } from './support/test-files.ts';
import { lastLine, TallyReporter, type Tally } from './support/report.ts';
import { startServer } from '../commands/client/server.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Two lanes of checks, for two cores. */
const CHECKS: Check[][] = [
  checksOf('types', ['types of the program', 'types of the pages']),
  checksOf('lint', [
    'lint',
    'format',
    'imports',
    'dead code',
    'Python style',
    'Python types, on the oldest Python',
    'Python types, on the newest Python',
  ]),
];

const filters = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const unknown = flags.filter((flag) => flag !== '--without-sandbox');
if (unknown.length > 0) {
  console.error(`npm test knows the flag --without-sandbox and names of test files, not ${unknown.join(' ')}.`);
  process.exit(2);
}
// Logs are read by people and by programs, so they have no colour codes.
if (!process.stdout.isTTY) process.env['NO_COLOR'] = '1';

const checks: CheckOutcome[] = [];
const add = (outcome: CheckOutcome): void => {
  checks.push(outcome);
  console.log(`${outcome.ok ? 'ok    ' : 'FAILED'}  ${outcome.name} (${(outcome.ms / 1000).toFixed(1)} s)`);
  if (!outcome.ok) console.log(outcome.output);
};

if (filters.length === 0) {
  add(checkSite());
  await Promise.all(CHECKS.map(runLane));
} else {
  console.log('Only the test files named; types, lint and the site are not checked.');
}
const noSandbox = flags.includes('--without-sandbox') ? '--without-sandbox was given' : await checkSandbox();
if (noSandbox !== undefined) process.env['BANKRUN_WITHOUT_SANDBOX'] = '1';

const reporter = new TallyReporter(noSandbox && `there is no sandbox (${noSandbox.replace(/\.$/, '')})`);
// Imported here, so that NO_COLOR has an effect.
const { startVitest } = await import('vitest/node');
const vitest = await startVitest('test', filters, { root: ROOT, watch: false, reporters: ['default', reporter] });
await vitest.close();

for (const line of reporter.skippedLines()) console.log(line);
const missing = filters.length === 0 ? reporter.missing(testFilesIn(ROOT)) : [];
if (missing.length > 0) console.log(`Failed, because they did not run: ${missing.join(', ')}`);
const failedChecks = checks.filter(({ ok }) => !ok);
if (failedChecks.length > 0)
  console.log(`Failed before the tests: ${failedChecks.map(({ name }) => name).join(', ')}; see above.`);
if (noSandbox !== undefined && !flags.includes('--without-sandbox')) {
  console.log(
    `What needs a sandbox was not tested: ${noSandbox} To leave it out on purpose: npm test -- --without-sandbox`,
  );
}
const tally: Tally = {
  passed: reporter.tally.passed + checks.length - failedChecks.length,
  failed: reporter.tally.failed + failedChecks.length,
  skipped: reporter.tally.skipped,
};
const nothingRan = reporter.tally.passed + reporter.tally.failed + reporter.tally.skipped === 0;
if (nothingRan) console.log('No test was found there.');
console.log(`Checked: ${[...checks.map(({ name }) => name), reporter.checkedWords()].join(', ')}.`);
console.log(lastLine(tally));
process.exit(tally.failed > 0 || nothingRan ? 1 : 0);

/**
 * Returns a check for each program that the npm script runs. Throws when there are more or fewer programs than names.
 */
function checksOf(script: string, names: string[]): Check[] {
  const programs = commands[script]?.programs ?? [];
  if (programs.length !== names.length)
    throw new Error(`\`npm run ${script}\` runs ${programs.length} programs, and ${names.length} have a name here.`);
  return programs.map(([program = '', ...args], index) => ({
    name: names[index]!,
    command: [process.execPath, programPath(ROOT, program), ...args],
  }));
}

async function runLane(lane: Check[]): Promise<void> {
  for (const check of lane) add(await runCheck(ROOT, check));
}

/** Returns whether set-up, which runs before this, could build the site. */
function checkSite(): CheckOutcome {
  const { site } = readSetup(resolve(ROOT, '.bankrun'));
  const problem =
    typeof site === 'string' ? undefined : (site?.missing ?? 'The site was not built: type "npm run setup".');
  return { name: 'site build', ok: problem === undefined, output: problem ?? '', ms: 0 };
}

/** Uses the server's own check: it makes a sandbox when it starts. Returns the reason when there is none. */
async function checkSandbox(): Promise<string | undefined> {
  const begin = Date.now();
  let reason: string | undefined;
  let log = '';
  try {
    const server = await startServer();
    reason = server.off;
    log = server.log();
    await server.stop();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    reason = /^Runs are off: (.*)$/m.exec(message)?.[1] ?? message;
  }
  add({
    name: 'a sandbox can be had',
    ok: reason === undefined,
    output: log || (reason ?? ''),
    ms: Date.now() - begin,
  });
  return reason;
}
