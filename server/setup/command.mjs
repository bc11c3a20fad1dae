// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Only the end of what a command prints is kept: that is where errors are. */
const KEPT_CHARACTERS = 16_384;
const KILL_AFTER_MS = 5000;

/**
 * @typedef {object} Outcome
 * @property {boolean} ok It ended by itself with exit code 0.
 * @property {string} output The last 16 KiB of what it printed on both streams.
 * @property {string} why In a few words what went wrong; empty when nothing did.
 */

/**
 * Runs a command to its end, without standard input, and never throws. At the deadline it gets TERM, then KILL.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number }} options
 * @returns {Promise<Outcome>}
 */
export function runCommand(command, args, { cwd, env = process.env, timeoutMs }) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let late = false;
    const keep = (/** @type {string} */ text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    let killer = setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    }, timeoutMs);
    child.once('error', (cause) => {
      clearTimeout(killer);
      settle({ ok: false, output, why: `${command} could not be started: ${cause.message}` });
    });
    child.once('close', (code, signal) => {
      clearTimeout(killer);
      const why = late ? `no end after ${timeoutMs / 1000} s` : code === null ? `ended by ${signal}` : code > 0 ? `exit code ${code}` : '';
      settle({ ok: why === '', output, why });
    });
  });
}

/**
 * Every executable file of that name on PATH and then in the other directories, best first.
 * @param {string} name
 * @param {string[]} [others]
 */
export function findExecutables(name, others = [], path = process.env.PATH ?? '') {
  const places = [...path.split(delimiter).filter(Boolean), ...others];
  return [...new Set(places)].map((place) => join(place, name)).filter(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
