// @ts-check
// `npm run requirements`, a command for authors: writes content/requirements.txt from content/requirements.in. It asks
// the pip of `python3` what it would fetch for every supported Python and machine.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';
import { pythonSeries } from './python-versions.mjs';
import { say } from './say.mjs';
import { writeWhole } from './stamp.mjs';

const DOWNLOAD_MS = 10 * 60_000;
const PIP_FOR = fileURLToPath(new URL('pip_for.py', import.meta.url));
/** The machines that packages are for. */
export const MACHINES = ['x86_64', 'aarch64'];
/** By version of the GNU C library, the newest that both Debian 12 and Ubuntu 22.04 have first. */
const PLATFORMS = [
  'manylinux_2_35',
  'manylinux_2_34',
  'manylinux_2_31',
  'manylinux_2_28',
  'manylinux_2_17',
  'manylinux2014',
];

const HEAD = [
  `# Made by "npm run requirements" from requirements.in: what the tutorials' programs import, ` +
    'with everything those packages need.',
  `# Exact versions, and the hashes of the wheels for CPython ${pythonSeries.at(-1)} to ${pythonSeries[0]} ` +
    `on Linux (${MACHINES.join(', ')}) and of those that fit`,
  '# any platform. Set-up refuses a file with another hash.',
  '',
].join('\n');

/** @typedef {{ name: string, version: string, hash: string, series: string }} Wheel */

const content = join(dirname(fileURLToPath(import.meta.url)), '../../content');
const oldestFirst = pythonSeries.toReversed();

/**
 * Returns the requirements in the list that apply to that Python.
 * @param {string} list
 * @param {string} series
 */
export function wantedOn(list, series) {
  return list
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .flatMap((line) => {
      const [, requirement = '', sign, limit] = /^([^;]+?)(?:; python_version (<|>=) "(3\.\d+)")?$/.exec(line) ?? [];
      if (!requirement) throw new Error(`content/requirements.in has a line that is not understood: ${line}`);
      if (!sign || !limit) return [requirement];
      return oldestFirst.indexOf(series) < oldestFirst.indexOf(limit) === (sign === '<') ? [requirement] : [];
    });
}

/**
 * Returns the text of requirements.txt: each version once, with its hashes, and with a marker when it is not for all
 * Pythons.
 * @param {Wheel[]} wheels
 */
export function lockOf(wheels) {
  const versions = new Map(wheels.map(({ name, version }) => [`${name}==${version}`, /** @type {Wheel[]} */ ([])]));
  for (const wheel of wheels) versions.get(`${wheel.name}==${wheel.version}`)?.push(wheel);
  const inOrder = [...versions].sort(([one], [other]) => (one < other ? -1 : 1));
  return (
    HEAD +
    inOrder
      .map(([version, its]) => {
        const hashes = [...new Set(its.map(({ hash }) => hash))].sort();
        const marker = markerOf(its.map(({ series }) => series));
        return `${version}${marker}${hashes.map((hash) => ` \\\n    --hash=sha256:${hash}`).join('')}\n`;
      })
      .join('')
  );
}

/** @param {string[]} series */
function markerOf(series) {
  const at = [...new Set(series)].map((each) => oldestFirst.indexOf(each)).sort((one, other) => one - other);
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  if (last - first !== at.length - 1) throw new Error(`a version is for ${series.join(', ')}, which is no range`);
  const parts = [
    ...(first > 0 ? [`python_version >= "${oldestFirst[first]}"`] : []),
    ...(last < oldestFirst.length - 1 ? [`python_version < "${oldestFirst[last + 1]}"`] : []),
  ];
  return parts.length > 0 ? `; ${parts.join(' and ')}` : '';
}

/** pip finds no packages that fit each other, or cannot fetch them. `output` is what it printed. */
export class PipProblem extends Error {
  /**
   * @param {string} message
   * @param {string} output
   */
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}

/**
 * Returns the wheels that pip fetches for that Python and machine. Throws PipProblem.
 * @param {string[]} wanted
 * @param {string} series
 * @param {string} machine
 * @param {string} [pins] Versions that the packages must have, if they are needed, in the form of requirements.
 * @returns {Promise<Wheel[]>}
 */
export async function fetched(wanted, series, machine, pins = '') {
  const scratch = mkdtempSync(join(tmpdir(), 'bankrun-wheels-'));
  try {
    const [folder, constraints] = [join(scratch, 'wheels'), join(scratch, 'pins.txt')];
    writeFileSync(constraints, pins);
    const platforms = PLATFORMS.flatMap((name) => ['--platform', `${name}_${machine}`]);
    const args = [
      PIP_FOR,
      series,
      machine,
      'download',
      '--disable-pip-version-check',
      '--retries',
      '2',
      '--only-binary',
      ':all:',
      '--python-version',
      series,
      ...platforms,
      '--constraint',
      constraints,
      '--dest',
      folder,
      ...wanted,
    ];
    // Wheels in local folders do not count, because they are not releases.
    const { ok, output, why } = await runCommand('python3', args, {
      timeoutMs: DOWNLOAD_MS,
      env: { ...process.env, PIP_FIND_LINKS: '' },
    });
    if (!ok)
      throw new PipProblem(
        `pip finds no set of packages for Python ${series} on ${machine} (${why}):\n${output}`,
        output || why,
      );
    return readdirSync(folder).map((file) => {
      const [name = '', version = ''] = file.split('-');
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex');
      return { name: name.toLowerCase().replaceAll('_', '-'), version, hash, series };
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Returns the text of requirements.txt for the text of requirements.in. Throws PipProblem.
 * @param {string} list
 * @param {(line: string) => void} tell Gets the name of each Python and machine in turn.
 * @param {string} [pins] As in `fetched`.
 */
export async function lockFor(list, tell, pins = '') {
  const wheels = [];
  for (const series of oldestFirst) {
    for (const machine of MACHINES) {
      tell(`Python ${series} on ${machine}`);
      wheels.push(...(await fetched(wantedOn(list, series), series, machine, pins)));
    }
  }
  return lockOf(wheels);
}

async function main() {
  const list = readFileSync(join(content, 'requirements.in'), 'utf8');
  writeWhole(join(content, 'requirements.txt'), await lockFor(list, say));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
