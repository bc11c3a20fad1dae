// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { interruption } from './interruption.mjs';
import { SetupProblem } from './setup-problem.mjs';

const POLL_MS = 200;

/**
 * Takes a lock, so that only one set-up at a time works on this checkout. A lock whose process has ended does not
 * count. Returns a function that releases it. Throws SetupProblem when another set-up holds it for longer than the
 * limit, and Interruption.
 * @param {string} file
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<() => void>}
 */
export async function takeLock(file, say, limitMs = 20 * 60_000) {
  const deadline = Date.now() + limitMs;
  for (let waited = false; ; waited = true) {
    if (writeLock(file)) return () => rmSync(file, { force: true });
    const holder = holderOf(file);
    if (holder === undefined) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > deadline)
      throw new SetupProblem(`Another set-up (process ${holder}) has not ended: end it, or delete ${file}.`);
    if (!waited) say(`Another set-up is running here (process ${holder}); waiting for it.`);
    await sleep(POLL_MS);
    interruption.throwIfAborted();
  }
}

/**
 * @param {string} file
 * @returns {boolean} False when the lock exists.
 */
function writeLock(file) {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (cause) {
    const { code, syscall } = /** @type {NodeJS.ErrnoException} */ (cause);
    if (code === 'EEXIST' && syscall === 'open') return false;
    throw new SetupProblem(`${folder} cannot be written (${code}): ${remedyFor(folder, code)}.`);
  }
}

/**
 * @param {string} folder
 * @param {string | undefined} code
 */
function remedyFor(folder, code) {
  if (code === 'ENOSPC') return 'make room on the disk, then start again';
  // As after a start with sudo.
  if (existsSync(folder)) return `start as the user that it belongs to, or type "sudo chown -R $(id -u) '${folder}'"`;
  return (
    'the checkout is read-only or belongs to another user; clone it to a folder that you can write to, ' +
    'then start again'
  );
}

/** @param {string} file */
function holderOf(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    return isRunning(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether there is a process with that id, of any user.
 * @param {number} pid
 */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return /** @type {NodeJS.ErrnoException} */ (cause).code === 'EPERM';
  }
}
