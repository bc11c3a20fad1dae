// @ts-check
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ENTRY = join(import.meta.dirname, '..', 'src', 'cockroach.ts');

/**
 * Bundles the program into JavaScript: one file for each command, so that a command loads only what it needs.
 * @param {string} folder
 */
export async function bundleProgram(folder) {
  // Loaded here, because most set-ups find the stand-in already built.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    logLevel: 'warn',
    plugins: [{ name: 'narrow', generateBundle: narrow }],
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    // Node keeps the text in memory: comments and white space are a quarter of it.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    chunkFileNames: '[name]-[hash].js',
    entryFileNames: 'cockroach.js',
  });
  await bundle.close();
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n');
}

/**
 * Escapes the few characters outside of Latin-1. Node keeps a file that has one of them in memory with two bytes for
 * each character.
 * @param {unknown} _options
 * @param {Record<string, { type: string, code?: string }>} files
 */
function narrow(_options, files) {
  for (const file of Object.values(files))
    file.code = file.code?.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Writes the `cockroach` command: a shell script that starts the program with the first Node that exists, a small heap,
 * and without threads of V8's, which cost memory of their own.
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
    'exec "$node" --single-threaded --max-semi-space-size=1 --max-old-space-size=96 \\',
    '  --disable-warning=ExperimentalWarning "$here/program/cockroach.js" "$@"',
  ];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}
