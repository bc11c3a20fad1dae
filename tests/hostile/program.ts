import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { languageOfFile } from '../../languages/commands.ts';
import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';

/** Where a program runs. */
export type Place = (typeof PLACES)[number];

const PLACES = ['run', 'terminal'] as const;

/** A hostile program and what its head says about it. */
export interface HostileProgram {
  name: string;
  text: string;
  /** Where it runs: in one after the other when there are several. */
  where: Place[];
  /**
   * The mode of the cluster that it attacks, or `false` when it pretends to be one. Undefined when it attacks none, and
   * then the engine is an echo.
   */
  cluster: Mode | 'false' | undefined;
  /** The paths that the server writes and reads meanwhile, as the reader. */
  written: string[];
  /** The command that runs it. */
  runBy: string;
  /** An exit code, `timeout`, `output`, or `any`: it is killed, or comes to a verdict. */
  ends: string;
  timeoutMs: number;
  /** The names of the arguments that the test passes. */
  arguments: string[];
  /** Where its whole sandbox may end for lack of memory, for the reason in the head. */
  mayTakeSandbox: { gvisor: boolean; kernel: boolean };
  /** What may be BROKEN under gVisor: patterns for the words after BROKEN, each with its reason in the head. */
  excused: RegExp[];
}

const TAKES_SANDBOX = 'ends the sandbox';

/** The fields of a head, as its lines begin. */
const FIELDS = [
  'tries',
  'holds',
  'where',
  'cluster',
  'written',
  'ends',
  'timeoutMs',
  'arguments',
  'gvisor',
  'kernel',
] as const;
type Field = (typeof FIELDS)[number];

/** Returns the files in this folder that are programs: all that are not part of the suite. */
export function programFiles(): string[] {
  return readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.ts'));
}

/** Returns all programs in this folder. Throws an Error that names a program whose head lacks something. */
export function readPrograms(): HostileProgram[] {
  return programFiles().map((name) => readProgram(name, readFileSync(join(import.meta.dirname, name), 'utf8')));
}

/**
 * Reads the head of a program: `# name: value` lines (`//` in JavaScript), each of which may continue in lines indented
 * by two more spaces. A `gvisor` line, of which there may be several, is `WHAT, because REASON`: what is printed after
 * BROKEN begins with WHAT, in which `*` stands for one name. A `kernel` line says the same about the host's kernel,
 * where WHAT can only be that the sandbox ends. `cluster` is a mode when a real cluster is to be attacked, and `false`
 * when the program pretends to be one; `written` is a JSON list of paths that the server writes and reads meanwhile.
 * Throws an Error when something is missing, or when a line is none of these.
 */
export function readProgram(name: string, text: string): HostileProgram {
  const head = readHead(name, text);
  const fields = (wanted: Field): string[] => head.filter(([field]) => field === wanted).map(([, value]) => value);
  for (const needed of ['tries', 'holds'] as const)
    if (fields(needed).length !== 1) throw new Error(`${name} does not say what it ${needed}`);
  const excusesOf = (whom: 'gvisor' | 'kernel'): string[] =>
    fields(whom).map((line) => {
      const [, what, reason] = /^(.+?), because (.+)$/.exec(line) ?? [];
      if (!what || !reason) throw new Error(`${name} excuses ${whom} without a reason: ${line}`);
      if (whom === 'kernel' && what !== TAKES_SANDBOX) throw new Error(`${name} excuses the host’s kernel: ${line}`);
      return what;
    });
  const excuses = excusesOf('gvisor');
  const places = (fields('where')[0] ?? 'run').split(' ');
  const where = PLACES.filter((place) => places.includes(place));
  if (where.length < places.length) throw new Error(`${name} runs where nothing runs: ${places.join(' ')}`);
  const attacked = fields('cluster')[0];
  const cluster = ([...MODES, 'false'] as const).find((mode) => mode === attacked);
  if (attacked !== cluster) throw new Error(`${name} attacks a cluster in no mode: ${attacked}`);
  const ends = fields('ends')[0] ?? '0';
  if (!/^(\d+|timeout|output|any)$/.test(ends)) throw new Error(`${name} ends as nothing ends: ${ends}`);
  const timeoutMs = Number(fields('timeoutMs')[0] ?? 20_000);
  if (!(timeoutMs > 0)) throw new Error(`${name} has a time limit that is no number`);
  const runBy = name.endsWith('.sh') ? '/bin/bash' : languageOfFile(name)?.runs[0];
  if (runBy === undefined) throw new Error(`${name} is a file that nothing here runs`);
  return {
    name,
    text,
    where,
    cluster,
    written: z.array(z.string()).parse(JSON.parse(fields('written')[0] ?? '[]')),
    runBy,
    ends,
    timeoutMs,
    arguments: (fields('arguments')[0] ?? '').split(' ').filter(Boolean),
    mayTakeSandbox: { gvisor: excuses.includes(TAKES_SANDBOX), kernel: excusesOf('kernel').length > 0 },
    excused: excuses.filter((what) => what !== TAKES_SANDBOX).map(patternOf),
  };
}

/** Returns the comment lines at the beginning of a program, as fields and their values. */
function readHead(name: string, text: string): [Field, string][] {
  const head: [Field, string][] = [];
  for (const line of text.split('\n')) {
    if (!/^(#|\/\/)/.test(line)) break;
    const [, word, value = ''] = /^(?:#|\/\/) (\w+): (.+)$/.exec(line) ?? [];
    const field = FIELDS.find((known) => known === word);
    const [, more] = /^(?:#|\/\/) {3}(\S.*)$/.exec(line) ?? [];
    const last = head.at(-1);
    if (field) head.push([field, value]);
    else if (more && last) last[1] += ` ${more}`;
    else throw new Error(`${name} has a line in its head that is not a field: ${line}`);
  }
  return head;
}

/** Returns what a program reported as broken and the runtime does not excuse. */
export function brokenIn(
  said: string,
  { excused }: Pick<HostileProgram, 'excused'>,
  isKernelShared: boolean,
): string[] {
  const broken = said.split('\n').filter((line) => line.includes('BROKEN'));
  return isKernelShared ? broken : broken.filter((line) => !excused.some((pattern) => pattern.test(line)));
}

function patternOf(what: string): RegExp {
  const words = what.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^BROKEN ${words.join('[^\\s/]+')}(?=[\\s:]|$)`);
}
