// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { findInstaller } from './installer.mjs';

/** It takes a quarter of an hour on an emulated processor. */
const INSTALL_MS = 30 * 60_000;
const SHOWN_LINES = 8;
/** Takes the place of pip's own, which it calls when it cannot answer itself. */
const OUR_PIP = new URL('pip_main.py', import.meta.url);

/**
 * Installs the tutorials' packages, with the versions and hashes in content/requirements.txt, for the interpreter that
 * the agent runs on. The folder's name contains the Python version, and a hash of the list and of our part of pip.
 * @type {import('../set-up.ts').SetUp}
 */
export async function setUp(tools) {
  const { root, python, makeOnce } = tools;
  const list = join(root, 'content/requirements.txt');
  const hash = createHash('sha256');
  for (const file of [list, OUR_PIP]) hash.update(readFileSync(file));
  const folder = await makeOnce(
    `python/${python.version}-${hash.digest('hex').slice(0, 12)}`,
    "the tutorials' Python packages",
    (target, scratch) => install(tools, target, scratch, list),
  );
  return { executable: python.executable, version: python.version, packages: [folder] };
}

/**
 * @param {import('../set-up.ts').SetUpTools} tools
 * @param {string} target
 * @param {string} scratch
 * @param {string} list
 * @returns {Promise<string | undefined>} What went wrong, or undefined.
 */
async function install(tools, target, scratch, list) {
  const installer = await findInstaller(tools, scratch);
  if (!installer) return `${tools.python.executable} has no pip, and cannot create a virtual environment`;
  const args = [...installer.args, '--target', target, '--require-hashes', '--only-binary', ':all:', '-r', list];
  // Settings of pip for where packages are installed would conflict with --target.
  const env = { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_BREAK_SYSTEM_PACKAGES: '1' };
  const { ok, output, why } = await tools.run(installer.command, args, { env, timeoutMs: INSTALL_MS });
  if (!ok) return reasonIn(output) || why;
  const its = join(target, 'pip/__main__.py');
  if (existsSync(its)) {
    renameSync(its, join(target, 'pip/pip_main.py'));
    copyFileSync(OUR_PIP, its);
  }
  return undefined;
}

/**
 * Returns the lines in which pip or uv says why it failed.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:ERROR|error:|cause:|Caused by:|×|╰─▶)/.test(line));
  return lines.slice(0, SHOWN_LINES).join(' ');
}
