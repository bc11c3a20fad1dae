import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hostile program and what its head says about it. */
export interface HostileProgram {
  name: string;
  text: string;
  /** Where it runs: in a run, in a terminal, or in one after the other. */
  where: ('run' | 'terminal')[];
  /** An exit code, `timeout`, `output`, or `any`. */
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
const FIELDS = ['tries', 'holds', 'where', 'ends', 'timeoutMs', 'arguments', 'gvisor', 'kernel'] as const;
type Field = (typeof FIELDS)[number];

/** Returns all programs next to this file. Throws an Error that names a program whose head lacks something. */
export function readPrograms(): HostileProgram[] {
  const names = readdirSync(import.meta.dirname).filter((name) => /\.(py|sh|js)$/.test(name));
  return names.map((name) => readProgram(name, readFileSync(join(import.meta.dirname, name), 'utf8')));
}

/**
 * Reads the head of a program: `# name: value` lines (`//` in JavaScript), each of which may continue in lines indented
 * by two more spaces. A `gvisor` line, of which there may be several, is `WHAT, because REASON`: what is printed after
 * BROKEN begins with WHAT, in which `*` stands for one name. A `kernel` line says the same about the host's kernel,
 * where WHAT can only be that the sandbox ends. Throws an Error when something is missing, or when a line is none of
 * these.
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
  const where = (fields('where')[0] ?? 'run').split(' ');
  return {
    name,
    text,
    where: (['run', 'terminal'] as const).filter((place) => where.includes(place)),
    ends: fields('ends')[0] ?? '0',
    timeoutMs: Number(fields('timeoutMs')[0] ?? 20_000),
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
