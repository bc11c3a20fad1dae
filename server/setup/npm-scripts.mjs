// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonSeries } from './python-versions.mjs';

/**
 * @typedef {object} Command
 * @property {'start' | 'test' | 'dev' | 'again' | 'browse'} [purpose] What set-up prepares before it, in addition to
 * the packages.
 * @property {string[][]} programs The programs to run, one after the other until one fails, each with its first
 * arguments (see `programPath`). The arguments on the command line go to the last one.
 * @property {boolean} [servesAsItIs] Whether it can run without set-up in a checkout that is now read-only.
 * @property {boolean} [sandboxes] Whether it starts sandboxes, for which an ordinary user needs separate namespaces.
 * @property {Record<string, Command>} [with] What it is instead when one of these flags is given.
 */

/** The folders whose imports are checked. */
const CODE = ['commands', 'content', 'languages', 'server', 'shared', 'src', 'standin', 'tests'];

/**
 * Returns the check of the types of all Python but the samples, for that series. It needs no Python on the machine.
 * @param {string | undefined} series
 */
const pythonTypes = (series) => ['pyright:pyright', '--pythonversion', String(series)];

/** The npm scripts, by name. @type {Record<string, Command>} */
export const commands = {
  start: { purpose: 'start', programs: [['server/main.ts']], sandboxes: true, servesAsItIs: true },
  dev: { purpose: 'dev', programs: [['commands/dev/main.ts'], ['astro:astro', 'dev']], sandboxes: true },
  setup: { purpose: 'again', programs: [] },
  test: { purpose: 'test', programs: [['tests/run.ts']], sandboxes: true },
  // It serves no pages, so mistakes in them must not stand in its way.
  cluster: { purpose: 'dev', programs: [['commands/cluster/main.ts']], sandboxes: true },
  verify: {
    // Pages are read from their sources, so the site need not be built.
    purpose: 'dev',
    programs: [['commands/verify/main.ts']],
    sandboxes: true,
    // Another machine's site needs only a browser here.
    with: { '--against': { purpose: 'browse', programs: [['commands/verify-site/main.ts']] } },
  },
  new: { programs: [['commands/new/main.ts']] },
  'add-package': { programs: [['commands/packages/main.ts']] },
  bench: { purpose: 'start', programs: [['commands/bench/main.ts']], sandboxes: true },
  import: { purpose: 'dev', programs: [['commands/import/main.ts']], sandboxes: true },
  audit: { purpose: 'test', programs: [['commands/audit/main.ts']], sandboxes: true },
  /** `npm start` without the server: for an image that is built before it runs. */
  prepare: { purpose: 'start', programs: [] },
  'test:machines': { programs: [['tests/machines/main.ts']] },
  build: { programs: [['astro:astro', 'build']] },
  requirements: { programs: [['server/setup/lock-python-packages.mjs']] },
  types: {
    programs: [
      ['typescript:tsc', '--noEmit'],
      ['astro:astro', 'check', '--minimumSeverity', 'error', '--tsconfig', 'tsconfig.pages.json'],
    ],
  },
  lint: {
    programs: [
      ['eslint:eslint', '.', '--max-warnings', '0'],
      ['prettier:prettier', '.', '--check', '--log-level', 'warn'],
      ['dependency-cruiser:depcruise', '--config', 'dependency-cruiser.config.js', ...CODE],
      ['knip:knip', '--no-progress'],
      ['commands/ruff/main.ts', '--check'],
      pythonTypes(pythonSeries.at(-1)),
      pythonTypes(pythonSeries[0]),
    ],
  },
  format: {
    programs: [
      ['prettier:prettier', '.', '--write', '--log-level', 'warn'],
      ['commands/ruff/main.ts', '--write'],
    ],
  },
};

/**
 * Returns the command of that name with these arguments; undefined when there is none.
 * @param {string} name
 * @param {string[]} args
 * @returns {Command | undefined}
 */
export function commandOf(name, args) {
  const command = commands[name];
  const flag = Object.keys(command?.with ?? {}).find((each) => args.some((arg) => arg.split('=')[0] === each));
  return flag === undefined ? command : command?.with?.[flag];
}

/**
 * Returns the file that Node runs for a program, which is either a module below the root or `package:program`, one of
 * the programs in a package's `bin`.
 * @param {string} root
 * @param {string} program
 */
export function programPath(root, program) {
  const [name = '', ofPackage] = program.split(':');
  if (ofPackage === undefined) return join(root, name);
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[ofPackage]);
}
