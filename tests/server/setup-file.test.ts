import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSetup, SetupFileError, type Setup } from '../../server/setup-file.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'bankrun-setup-file-'));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

const PYTHON = { executable: '/usr/bin/python3', version: '3.11.2' };
const write = (text: string): void => writeFileSync(join(stateDir, 'setup.json'), text);

describe('the file that set-up writes', () => {
  it('is read as it was written', () => {
    const setup: Setup = {
      python: { ...PYTHON, parts: ['/opt/python'] },
      languages: { python: { ...PYTHON, packages: ['/srv/packages'] }, node: { missing: 'No Node.' } },
      runtime: { name: 'runc', path: '/usr/sbin/runc' },
      engine: { kind: 'stand-in', why: 'CockroachDB could not be fetched.' },
      standin: { directory: '/a', template: '/b', version: 'v25.2.0', postgres: '/c', node: '/d' },
      chromium: { missing: 'No browser.' },
      site: 'dist',
    };
    write(JSON.stringify(setup));
    expect(readSetup(stateDir)).toEqual(setup);
  });

  it('may have been written by a newer set-up, with more fields', () => {
    write(JSON.stringify({ site: 'dist', node: 'v26.0.0' }));
    expect(readSetup(stateDir)).toEqual({ site: 'dist' });
  });

  it('says that set-up has not run yet when there is no file', () => {
    expect(() => readSetup(stateDir)).toThrow('Set-up has not run yet: start with `npm start`, which runs it.');
  });

  it.each<[string, string, string]>([
    [
      'a number for a path',
      JSON.stringify({ python: { ...PYTHON, executable: 3 } }),
      'python.executable must be of type string, not 3.',
    ],
    [
      'a part that lacks a field',
      JSON.stringify({ python: { executable: '/usr/bin/python3' } }),
      'python.version must be of type string, not undefined.',
    ],
    [
      'an engine of another kind',
      JSON.stringify({ engine: { kind: 'postgres' } }),
      'engine.kind must be "cockroach" or "stand-in", not "postgres".',
    ],
    [
      'another runtime',
      JSON.stringify({ runtime: { name: 'crun' } }),
      'runtime must be runc or runsc with its path, or {"missing": "why"}, not {"name":"crun"}.',
    ],
    ['a list in place of all', '[]', 'the whole must be of type object, not [].'],
    ['half of a file', '{"site": ', 'cannot be read ('],
  ])('with %s is refused with the file, the field, what it contains and what is expected', (_, text, problem) => {
    write(text);
    expect(() => readSetup(stateDir)).toThrow(SetupFileError);
    expect(() => readSetup(stateDir)).toThrow(`${join(stateDir, 'setup.json')} `);
    expect(() => readSetup(stateDir)).toThrow(problem);
    expect(() => readSetup(stateDir)).toThrow(/Type `npm run setup`, which writes a new one\.$/);
  });
});
