// @ts-check
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Long enough for an emulated processor and a slow network. */
const INSTALL_MS = 15 * 60_000;
const SHOWN_LINES = 3;
const SAID_BY_NPM = /^npm (?:error|ERR!) /;

/** The files in the content folder that decide what is installed. */
const LISTS = ['package.json', 'package-lock.json', '.npmrc'];
/** The package that is a command; programs import the others. */
const COMMAND = 'npm';
/** npm's settings in a sandbox, where it installs from its cache, because there is no network. */
const SETTINGS = ['offline=true', 'audit=false', 'fund=false', 'update-notifier=false', 'logs-max=0'];

/**
 * Installs npm and fills its cache with the packages that tutorials install, so that `npm install` works without a
 * network. Their versions and hashes are in content/node-packages.
 * @type {import('../set-up.ts').SetUp}
 */
export async function setUp(tools) {
  const { root, node, makeOnce } = tools;
  const lists = join(root, 'content/node-packages');
  const hash = createHash('sha256');
  for (const name of LISTS) hash.update(readFileSync(join(lists, name)));
  const folder = await makeOnce(
    `node/${hash.digest('hex').slice(0, 12)}`,
    "the tutorials' Node.js packages",
    (target, scratch) => install(tools, lists, target, scratch),
  );
  return { ...node, packages: [folder] };
}

/**
 * @param {import('../set-up.ts').SetUpTools} tools
 * @param {string} lists
 * @param {string} target
 * @param {string} scratch
 * @returns {Promise<string | undefined>} What went wrong, or undefined.
 */
async function install({ node, npm, run }, lists, target, scratch) {
  mkdirSync(target, { recursive: true });
  for (const name of LISTS) cpSync(join(lists, name), join(target, name));
  const installed = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: target,
    timeoutMs: INSTALL_MS,
  });
  if (!installed.ok) return reasonIn(installed);
  mkdirSync(scratch, { recursive: true });
  cpSync(join(lists, '.npmrc'), join(scratch, '.npmrc'));
  // Without it, npm would use a parent folder as the project.
  writeFileSync(join(scratch, 'package.json'), '{}');
  const program = join(target, 'node_modules/npm/bin/npm-cli.js');
  // The same command as in a tutorial's first step, so that the cache contains everything that it requests.
  const names = Object.keys(readJson(join(lists, 'package.json')).dependencies).filter((name) => name !== COMMAND);
  const args = ['install', ...names, '--cache', join(target, 'cache'), '--ignore-scripts', '--no-audit', '--no-fund'];
  const cached = await run(node.executable, [program, ...args], { cwd: scratch, timeoutMs: INSTALL_MS });
  if (!cached.ok) return reasonIn(cached);
  const other = otherThan(readJson(join(lists, 'package-lock.json')), readJson(join(scratch, 'package-lock.json')));
  if (other) return `npm installed ${other}, which is not in content/node-packages/package-lock.json`;
  finish(target, lists);
  return undefined;
}

/**
 * Writes npm's settings and commands into the folder, next to its cache.
 * @param {string} target
 * @param {string} lists
 */
function finish(target, lists) {
  rmSync(join(target, 'cache/_logs'), { recursive: true, force: true });
  const settings = [readFileSync(join(lists, '.npmrc'), 'utf8').trim(), ...SETTINGS];
  writeFileSync(join(target, 'node_modules/npm/npmrc'), `${settings.join('\n')}\n`);
  mkdirSync(join(target, 'bin'));
  for (const name of ['npm', 'npx']) {
    const lines = [
      '#!/bin/sh',
      '# npm writes to its cache even when it only reads it, so each sandbox has a copy of it.',
      '[ -d "$HOME/.npm" ] || cp -R /opt/npm/cache "$HOME/.npm"',
      `exec node /opt/npm/node_modules/npm/bin/${name}-cli.js "$@"`,
    ];
    writeFileSync(join(target, 'bin', name), `${lines.join('\n')}\n`);
    chmodSync(join(target, 'bin', name), 0o755);
  }
}

/**
 * Returns an installed package that is not in the list, or has another hash there; undefined when there is none.
 * @param {Lock} list
 * @param {Lock} installed
 */
function otherThan(list, installed) {
  const other = Object.entries(installed.packages).find(
    ([path, { integrity }]) => path !== '' && list.packages[path]?.integrity !== integrity,
  );
  return other && `${other[0].replace('node_modules/', '')} ${other[1].version}`;
}

/** @typedef {{ packages: Record<string, { version?: string, integrity?: string }> }} Lock */

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Returns the lines in which npm says why it failed.
 * @param {import('../set-up.ts').Outcome} outcome
 */
function reasonIn({ output, why }) {
  const lines = output.split('\n').filter((line) => SAID_BY_NPM.test(line));
  return lines.length === 0
    ? why
    : lines
        .slice(0, SHOWN_LINES)
        .map((line) => line.replace(SAID_BY_NPM, ''))
        .join('; ');
}
