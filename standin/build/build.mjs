// @ts-check
import { join, relative } from 'node:path';
import { findPostgres, linkLibraries } from './postgres-package.mjs';
import { bundleProgram, writeCommand } from './program.mjs';
import { makeTemplate } from './template.mjs';

/**
 * Builds the stand-in in a folder: `bin/cockroach`, the `program` that it starts, and the `template` of a PostgreSQL
 * cluster. Throws an Error with the first cause; the caller removes what is left half-built.
 * @param {object} wanted
 * @param {string} wanted.out
 * @param {string} wanted.node The Node that runs the command outside of sandboxes.
 * @param {(line: string) => void} wanted.say Called with a line about each long step.
 * @param {AbortSignal} [wanted.signal] Ends the build early.
 */
export async function buildStandin({ out, node, say, signal }) {
  const postgres = findPostgres();
  say('Building the stand-in for CockroachDB…');
  await bundleProgram(join(out, 'program'), node, signal);
  writeCommand(join(out, 'bin', 'cockroach'), relative(out, node));
  await linkLibraries(postgres, signal);
  say('Making the template of its PostgreSQL cluster…');
  await makeTemplate(postgres, join(out, 'template'), signal);
}
