import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addNode, type Npm } from '../../../commands/packages/add-node.ts';
import { nodeRequirement } from '../../../commands/packages/requirement.ts';

const LIST = '{ "dependencies": { "pg": "8.23.1" } }';
let content: string;

beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'content-'));
  mkdirSync(join(content, 'node-packages'));
  for (const [file, text] of [
    ['package.json', LIST],
    ['package-lock.json', '{}'],
    ['.npmrc', 'before=2026-11-25\n'],
  ] as const)
    writeFileSync(join(content, 'node-packages', file), text);
});
afterEach(() => rmSync(content, { recursive: true }));

const read = (file: string): string => readFileSync(join(content, 'node-packages', file), 'utf8');

/** An npm that writes the package into the lists, and then says that and fails, unless it says nothing. */
const npm =
  (says = ''): Npm =>
  async ([, called = ''], folder) => {
    const [, name = '', version = '3.3.0'] = /^(.+?)(?:@([\d.]+))?$/.exec(called) ?? [];
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { pg: '8.23.1', [name]: version } }));
    writeFileSync(join(folder, 'package-lock.json'), '{"packages":{}}');
    return { ok: says === '', output: says, why: says === '' ? '' : 'exit code 1' };
  };

describe('npm run add-package --node', () => {
  it.each([
    ['knex', 'Added knex 3.3.0.'],
    ['@scope/knex@1.2.3', 'Added @scope/knex 1.2.3.'],
  ])('adds %s and changes both lists', async (text, sentence) => {
    expect(await addNode(content, nodeRequirement(text), npm())).toBe(sentence);
    expect(read('package.json')).toContain('knex');
    expect(read('package-lock.json')).toBe('{"packages":{}}');
  });

  it.each([
    ['npm error code E404\nnpm error 404 Not Found', 'npm’s registry has no package knex.'],
    ['npm error code ETARGET', 'There is no knex from before 2026-11-25, the date in content/node-packages/.npmrc.'],
    ['npm error code ECONNREFUSED', 'npm’s registry cannot be reached, so knex was not added.'],
    ['npm error code EWHAT\nnpm error It broke.', 'knex was not added. npm says: code EWHAT It broke.'],
  ])('says why it cannot, and changes nothing: %s', async (said, sentence) => {
    await expect(addNode(content, nodeRequirement('knex'), npm(said))).rejects.toThrow(sentence);
    expect([read('package.json'), read('package-lock.json')]).toEqual([LIST, '{}']);
  });

  it('refuses what is there already', async () => {
    await expect(addNode(content, nodeRequirement('pg'), npm())).rejects.toThrow('has pg 8.23.1 already');
  });

  it.each(['', 'pg@^8', 'pg@latest', '../pg', '--save-dev', 'git+ssh://a.example/b', 'PG'])(
    'refuses %j, which is no package',
    (text) => {
      expect(() => nodeRequirement(text)).toThrow('is no package');
    },
  );
});
