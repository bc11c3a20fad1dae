import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPython, type PythonIndex } from '../../../commands/packages/add-python.ts';
import { checkAvailable } from '../../../commands/packages/available.ts';
import { pythonRequirement } from '../../../commands/packages/requirement.ts';
import { lockOf, MACHINES, PipProblem, wantedOn } from '../../../server/setup/lock-python-packages.mjs';
import { pythonSeries } from '../../../server/setup/python-versions.mjs';

const LIST = `# What tutorials import.
apple==1.0; python_version < "3.12"
apple==2.0; python_version >= "3.12"
melon==1.0
zebra==1.0
`;
const LOCK = 'melon==1.0 \\\n    --hash=sha256:aa\nshared==4.0 \\\n    --hash=sha256:bb\n';

let content: string;
beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'content-'));
  writeFileSync(join(content, 'requirements.in'), LIST);
  writeFileSync(join(content, 'requirements.txt'), LOCK);
});
afterEach(() => rmSync(content, { recursive: true }));

const read = (name: string): string => readFileSync(join(content, name), 'utf8');
const silent = (): void => undefined;

/** An index that has that package in version 3.1, and has everything that is asked for in an exact version. */
function indexWith(name: string, fail: (pins: string) => string = () => ''): PythonIndex & { asked: string[][] } {
  const asked: string[][] = [];
  const fetched: PythonIndex['fetched'] = async (wanted, series, machine, pins = '') => {
    asked.push([series, machine, ...wanted]);
    const output = fail(pins);
    if (output)
      throw new PipProblem(`pip finds no set of packages for Python ${series} on ${machine} (exit code 1)`, output);
    return wanted.map((each) => {
      const [its = '', version = '3.1'] = each.replace(/\[.*\]/, '').split('==');
      return { name: its, version: its === name && !each.includes('==') ? '3.1' : version, hash: machine, series };
    });
  };
  const lockFor: PythonIndex['lockFor'] = async (list, _tell, pins) => {
    const all = [];
    for (const series of pythonSeries)
      for (const machine of MACHINES) all.push(...(await fetched(wantedOn(list, series), series, machine, pins)));
    return lockOf(all);
  };
  return { fetched, lockFor, asked };
}

const add = (text: string, index: PythonIndex): Promise<string> =>
  addPython(content, pythonRequirement(text), silent, index);

describe('npm run add-package, for Python', () => {
  it('pins the newest version in its place in the list, with the hashes of every Python and machine', async () => {
    const index = indexWith('psycopg');
    expect(await add('psycopg[binary]', index)).toBe(
      'Added psycopg[binary] 3.1, for Python 3.10 to 3.14 on x86_64 and aarch64.',
    );
    expect(read('requirements.in')).toBe(LIST.replace('zebra', 'psycopg[binary]==3.1\nzebra'));
    expect(read('requirements.txt')).toContain(
      'psycopg==3.1 \\\n    --hash=sha256:aarch64 \\\n    --hash=sha256:x86_64\n',
    );
    expect(new Set(index.asked.map(([series]) => series))).toEqual(new Set(pythonSeries));
  });

  it('keeps the versions of what others need', async () => {
    const pins: string[] = [];
    const index = indexWith('flask', (its) => {
      pins.push(its);
      return '';
    });
    await add('flask', index);
    expect(new Set(pins)).toEqual(new Set(['melon==1.0\nshared==4.0\n']));
  });

  it('takes other versions of those where the new package needs them', async () => {
    const index = indexWith('flask', (pins) => (pins === '' ? '' : 'ERROR: ResolutionImpossible: for help visit …'));
    expect(await add('flask', index)).toMatch(/^Added flask 3.1/);
  });

  it('changes the version of a package when one is named', async () => {
    await add('melon==2.0', indexWith('melon'));
    expect(read('requirements.in')).toBe(LIST.replace('melon==1.0', 'melon==2.0'));
    expect(read('requirements.txt')).toContain('melon==2.0');
  });

  it.each([
    [
      'nonesuch',
      'ERROR: Could not find a version that satisfies the requirement nonesuch (from versions: none)',
      'The package index has no nonesuch as a wheel for Python 3.10 on x86_64, so nonesuch was not added. ' +
        'Check its name, and that it has wheels; a package of npm needs --node.',
    ],
    [
      'flask==9',
      'ERROR: Could not find a version that satisfies the requirement flask==9 (from versions: 3.0, 3.1)',
      'There is no flask==9 as a wheel for Python 3.14 on x86_64; the last versions are 3.0, 3.1. ' +
        "To add one that all Pythons and machines have, name it: 'flask==…'.",
    ],
    [
      'flask',
      "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError'\nERROR: ResolutionImpossible",
      'The package index cannot be reached, so flask was not added.',
    ],
    ['flask', 'python3 could not be started: ENOENT', 'This needs a "python3" with pip on this machine.'],
  ])('says why %s cannot be added, and changes nothing: %s', async (text, output, sentence) => {
    await expect(
      add(
        text,
        indexWith('flask', () => output),
      ),
    ).rejects.toThrow(sentence);
    expect([read('requirements.in'), read('requirements.txt')]).toEqual([LIST, LOCK]);
  });

  it('says where a package has no wheel that has some elsewhere, and that it must, and changes nothing', async () => {
    const { fetched } = indexWith('flask');
    const none = 'ERROR: Could not find a version that satisfies the requirement flask==3.1 (from versions: none)';
    const index: PythonIndex = {
      fetched,
      lockFor: async () =>
        await Promise.reject(
          new PipProblem('pip finds no set of packages for Python 3.12 on aarch64 (exit code 1)', none),
        ),
    };
    await expect(add('flask', index)).rejects.toThrow(
      'The package index has no flask==3.1 as a wheel for Python 3.12 on aarch64, so flask was not added. ' +
        'Tutorials must run there, too: choose a package that has wheels for all.',
    );
    expect([read('requirements.in'), read('requirements.txt')]).toEqual([LIST, LOCK]);
  });

  it.each([
    ['melon', 'content/requirements.in has melon==1.0 already.'],
    ['Melon==1.0', "To change the version, name it: 'Melon==…'."],
    ['apple', 'content/requirements.in has apple for some Pythons only'],
  ])('refuses what is there already: %s', async (text, sentence) => {
    await expect(add(text, indexWith('melon'))).rejects.toThrow(sentence);
  });

  it.each([
    '',
    'flask>=3',
    'flask; rm -rf',
    '--index-url=x',
    '../flask',
    'git+https://a.example/b',
    'flask==',
    'a b==',
  ])('refuses %j, which is no package', (text) => {
    expect(() => pythonRequirement(text)).toThrow('is no package');
  });

  it('makes the package available to tutorials', async () => {
    expect(() => checkAvailable(content, 'python', 'psycopg[binary]')).toThrow('add-package');
    await add('psycopg[binary]', indexWith('psycopg'));
    expect(() => checkAvailable(content, 'python', 'psycopg[binary]')).not.toThrow();
  });

  it('writes neither file when one cannot be replaced', async () => {
    rmSync(join(content, 'requirements.in'));
    cpSync(import.meta.dirname, join(content, 'requirements.in'), { recursive: true });
    await expect(add('flask', indexWith('flask'))).rejects.toThrow();
    expect(read('requirements.txt')).toBe(LOCK);
  });
});
