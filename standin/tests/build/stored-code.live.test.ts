import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { FLAGS } from '../../build/program.mjs';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

/** Loads every file of the program, and reports whose stored code V8 took. */
const TAKES_PROGRAM = `
  const { readdirSync } = require('node:fs');
  const folder = process.argv[1];
  const { load, loaded } = require(folder + '/cockroach.js');
  for (const name of readdirSync(folder)) if (name.endsWith('.js') && name !== 'cockroach.js') load(name);
  const taken = [...loaded].filter(([, { script }]) => script.cachedDataRejected === false);
  console.log(JSON.stringify(taken.map(([name]) => name)));`;

/** Loads modules of Node that the program needs, and reports those that V8 had to compile itself. */
const COMPILES_MODULES = `
  const { internalBinding } = require('internal/test/binding');
  const names = ['net', 'tls', 'http', 'crypto', 'child_process', 'readline'];
  for (const name of names) require(name);
  const { compiledWithoutCache } = internalBinding('builtins').getCacheUsage();
  console.log(JSON.stringify(names.filter((name) => [...compiledWithoutCache].includes(name))));`;

let program: string;
beforeAll(async () => {
  program = join(await standinCommand(), '..', '..', 'program');
}, STANDIN_MS);

const runNode = (flags: string[], ...args: string[]): string[] =>
  JSON.parse(execFileSync(process.execPath, [...flags, ...args], { encoding: 'utf8' })) as string[];

it('V8 takes the stored code of all files of the program, under the flags with which it runs', () => {
  const files = readdirSync(program).filter((name) => name.endsWith('.js') && name !== 'cockroach.js');
  expect(runNode(FLAGS, '-e', TAKES_PROGRAM, program).toSorted()).toEqual(files.toSorted());
  expect(runNode([...FLAGS, '--no-opt'], '-e', TAKES_PROGRAM, program)).toEqual([]);
});

it('V8 takes the stored code of Node’s own modules under these flags', () => {
  const flags = [...FLAGS, '--expose-internals', '--disable-warning=internal/test/binding'];
  expect(runNode(flags, '-e', COMPILES_MODULES)).toEqual([]);
  expect(runNode([...flags, '--single-threaded'], '-e', COMPILES_MODULES)).toContain('tls');
});
