import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listSamples } from '../../../src/compiler/sample.ts';

const content = resolve(import.meta.dirname, '../../../content');
const samples = listSamples(content);
const read = (path: string): string => readFileSync(`${content}/samples/${path}`, 'utf8');

/** Matches what says how a program connects, however it does so. */
const CONNECTING = /ssl(?:mode|rootcert|cert|key)|certs?-dir|--insecure|--certs/;

/** Returns a sample without the lines that say how it connects. */
const withoutConnection = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !CONNECTING.test(line))
    .join('\n');

describe('the samples', () => {
  test('are in a folder for each mode, or in one for both', () => {
    expect(samples.filter((path) => path.includes('/secure/')).length).toBeGreaterThan(0);
    expect(samples.filter((path) => !/^[a-z0-9-]+\/(secure|insecure|shared)\/./.test(path))).toEqual([]);
  });

  test.each(samples.filter((path) => path.includes('/secure/')))(
    '%s differs from its insecure twin only in how it connects',
    (path) => {
      const [secure, insecure] = [read(path), read(path.replace('/secure/', '/insecure/'))];
      expect(withoutConnection(insecure)).toBe(withoutConnection(secure));
      if (secure.includes('sslmode')) {
        expect(secure).toMatch(/sslmode\W+verify-full/);
        expect(insecure).toMatch(/sslmode\W+disable/);
      }
    },
  );

  test('each have an insecure twin', () => {
    const twins = (mode: string): string[] =>
      samples.filter((path) => path.includes(`/${mode}/`)).map((path) => path.replace(`/${mode}/`, '/'));
    expect(twins('insecure')).toEqual(twins('secure'));
  });
});
