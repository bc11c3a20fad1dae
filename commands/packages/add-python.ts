import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetched, lockFor, MACHINES, PipProblem, wantedOn } from '../../server/setup/lock-python-packages.mjs';
import { pythonSeries } from '../../server/setup/python-versions.mjs';
import { Refusal } from '../refusal.ts';
import { pinsIn, plainName, nameIn, withRequirement } from './python-list.ts';
import type { Requirement } from './requirement.ts';
import { writeTogether } from './write-together.ts';

/** What decides which Python packages tutorials can install; `fetched` and `lockFor` ask pip. */
export interface PythonIndex {
  fetched: typeof fetched;
  lockFor: typeof lockFor;
}

const PIP: PythonIndex = { fetched, lockFor };
const OLDEST = pythonSeries.at(-1)!;
/** What is asked first; a package that nothing has is noticed there. */
const FIRST = `for Python ${OLDEST} on ${MACHINES[0]}`;
const CONFLICT = /ResolutionImpossible|conflicting dependencies/;
const UNREACHABLE = /connection broken by|Network is unreachable|ProxyError|SSLError|HTTPError/;

/**
 * Adds a package to `requirements.in`, and its hashes with those of everything that it needs to `requirements.txt`, for
 * every Python and machine. Returns a sentence that says so. The versions of other packages stay, unless the new one
 * needs others. Throws Refusal, and then no file has changed.
 */
export async function addPython(
  content: string,
  wanted: Requirement,
  tell: (line: string) => void,
  index = PIP,
): Promise<string> {
  const [source, lock] = [join(content, 'requirements.in'), join(content, 'requirements.txt')];
  const list = readFileSync(source, 'utf8');
  checkNew(list, wanted);
  const add = async (pins: string): Promise<string> => {
    const version = wanted.version ?? (await newest(list, wanted, pins, index));
    const with_ = withRequirement(list, `${wanted.full}==${version}`);
    writeTogether({ [lock]: await index.lockFor(with_, tell, pins), [source]: with_ });
    return `Added ${wanted.full} ${version}, for Python ${OLDEST} to ${pythonSeries[0]} on ${MACHINES.join(' and ')}.`;
  };
  const pins = pinsIn(readFileSync(lock, 'utf8')).replace(new RegExp(`^${wanted.name}==.*\\n`, 'gm'), '');
  try {
    return await add(pins);
  } catch (cause) {
    if (!(cause instanceof PipProblem)) throw cause;
    if (UNREACHABLE.test(cause.output) || !CONFLICT.test(cause.output)) throw refusalFor(wanted, cause);
  }
  tell('It needs other versions of what is there: trying with those.');
  try {
    return await add('');
  } catch (cause) {
    throw cause instanceof PipProblem ? refusalFor(wanted, cause) : cause;
  }
}

/** Throws Refusal when the list has that very package already, or has it with conditions. */
function checkNew(list: string, { name, full, version }: Requirement): void {
  const lines = list.split('\n').filter((line) => nameIn(line) === name);
  if (lines.some((line) => line.includes(';')))
    throw new Refusal(
      `content/requirements.in has ${name} for some Pythons only: change it there, then type "npm run requirements".`,
    );
  const [line] = lines;
  if (line === undefined) return;
  const [there, its] = line.split('==');
  if (there?.toLowerCase() === full.toLowerCase() && (version === undefined || version === its))
    throw new Refusal(`content/requirements.in has ${line} already. To change the version, name it: '${full}==…'.`);
}

/** Returns the newest version that the oldest Python can have; it should be there for the others, too. */
async function newest(list: string, { name, full }: Requirement, pins: string, index: PythonIndex): Promise<string> {
  const others = list
    .split('\n')
    .filter((line) => nameIn(line) !== name)
    .join('\n');
  const wheels = await index.fetched([...wantedOn(others, OLDEST), full], OLDEST, MACHINES[0]!, pins);
  const version = wheels.find((wheel) => plainName(wheel.name) === name)?.version;
  if (version === undefined) throw new Refusal(`pip fetched no package called ${name} when asked for ${full}.`);
  return version;
}

function refusalFor({ full, version }: Requirement, { message, output }: PipProblem): Refusal {
  const called = version === undefined ? full : `${full}==${version}`;
  const [where = ''] = /for Python \S+ on \S+/.exec(message) ?? [];
  const errors = output.split('\n').filter((line) => line.startsWith('ERROR:'));
  const [, missing, versions] =
    /Could not find a version that satisfies the requirement (.+?) \((?:from .*?; )?from versions: (.*)\)/.exec(
      output,
    ) ?? [];
  if (UNREACHABLE.test(output)) return new Refusal(`The package index cannot be reached, so ${called} was not added.`);
  if (/could not be started/.test(output) || /No module named pip/.test(output))
    return new Refusal('This needs a "python3" with pip on this machine.');
  if (missing === undefined)
    return new Refusal(`${called} was not added. ${where}, pip says: ${errors.join(' ').replaceAll('ERROR: ', '')}`);
  if (versions === 'none')
    return new Refusal(
      `The package index has no ${missing} as a wheel ${where}, so ${called} was not added. ` +
        (where === FIRST
          ? 'Check its name, and that it has wheels; a package of npm needs --node.'
          : 'Tutorials must run there, too: choose a package that has wheels for all.'),
    );
  const last = versions?.split(', ').slice(-5).join(', ');
  return new Refusal(
    `There is no ${missing} as a wheel ${where}; the last versions are ${last}. ` +
      `To add one that all Pythons and machines have, name it: '${full}==…'.`,
  );
}
