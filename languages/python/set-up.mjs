// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInstaller } from './installer.mjs';

/** On an emulated processor it takes a quarter of an hour. */
const INSTALL_MS = 30 * 60_000;
const SHOWN_LINES = 8;

/**
 * Installs the tutorials' packages, at the versions and with the hashes of content/requirements.txt, for the
 * interpreter that the agent runs on; the folder's name has both.
 * @type {import('../set-up.ts').SetUp}
 */
export async function setUp(tools) {
  const { root, python, makeOnce } = tools;
  const list = join(root, 'content/requirements.txt');
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12);
  const folder = await makeOnce(
    `python/${python.version}-${hash}`,
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
 * @returns {Promise<string | undefined>} What went wrong.
 */
async function install(tools, target, scratch, list) {
  const installer = await findInstaller(tools, scratch);
  if (!installer) return `${tools.python.executable} has no pip, and makes no virtual environment`;
  const args = [...installer.args, '--target', target, '--require-hashes', '--only-binary', ':all:', '-r', list];
  // Its own settings for where packages go would contradict --target.
  const env = { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_BREAK_SYSTEM_PACKAGES: '1' };
  const { ok, output, why } = await tools.run(installer.command, args, { env, timeoutMs: INSTALL_MS });
  return ok ? undefined : reasonIn(output) || why;
}

/**
 * The lines in which pip or uv say why.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:ERROR|error:|cause:|Caused by:|×|╰─▶)/.test(line));
  return lines.slice(0, SHOWN_LINES).join(' ');
}
