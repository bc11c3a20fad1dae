// @ts-check
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.mjs';

const ENTRY = join(import.meta.dirname, '..', 'src', 'cockroach.ts');
/**
 * A small heap, and few threads of V8's, which cost memory of their own. Not `--single-threaded`: with it, V8 refuses
 * the compiled code of Node's own modules, and each start takes 15 ms longer.
 */
export const FLAGS = [
  '--single-threaded-gc',
  '--v8-pool-size=1',
  '--max-semi-space-size=1',
  '--max-old-space-size=96',
  '--disable-warning=ExperimentalWarning',
];

/**
 * Bundles the program into JavaScript: one file for each command, so that a command loads only what it needs. CommonJS,
 * because Node loads it faster, and because its compiled code can be stored.
 * @param {string} folder
 * @param {string} node The Node that will run it.
 * @param {AbortSignal} [signal]
 */
export async function bundleProgram(folder, node, signal) {
  // Loaded here, because most set-ups find the stand-in already built.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    logLevel: 'warn',
    plugins: [
      { name: 'data', transform: { filter: { id: /\.json$/ }, handler: exportAsWhole } },
      { name: 'narrow', generateBundle: narrow },
    ],
  });
  await bundle.write({
    dir: folder,
    format: 'cjs',
    // Node keeps the text in memory: comments and white space are a quarter of it.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    chunkFileNames: '[name]-[hash].js',
    entryFileNames: 'main.js',
  });
  await bundle.close();
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  copyFileSync(join(import.meta.dirname, 'load-program.cjs'), join(folder, 'cockroach.js'));
  await run(node, [...FLAGS, join(import.meta.dirname, 'code-cache.cjs'), folder], { cwd: folder, signal });
}

/**
 * Makes a module of a JSON file that exports it as a whole: an export for each key would take longer to load.
 * @param {string} json
 */
function exportAsWhole(json) {
  return { code: `export default ${json}`, moduleType: 'js' };
}

/**
 * Escapes the few characters outside of ASCII, because the program's files are read as Latin-1: V8 keeps a text that
 * has other characters in memory with two bytes for each.
 * @param {unknown} _options
 * @param {Record<string, { type: string, code?: string }>} files
 */
function narrow(_options, files) {
  for (const file of Object.values(files))
    file.code = file.code?.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Writes the `cockroach` command: a shell script that starts the program with the first Node that exists.
 * @param {string} path
 * @param {string} node A Node outside of sandboxes, as a path from the folder above the script's.
 */
export function writeCommand(path, node) {
  const lines = [
    '#!/bin/sh',
    '# The stand-in for the cockroach command, on the Node of STANDIN_NODE, of the sandbox, of npm, or on any.',
    'here="${0%/*}/.."',
    'node="${STANDIN_NODE:-/opt/node/bin/node}"',
    `[ -x "$node" ] || node="$here/${node}"`,
    '[ -x "$node" ] || node=node',
    `exec "$node" ${FLAGS.join(' ')} \\`,
    '  "$here/program/cockroach.js" "$@"',
  ];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}
