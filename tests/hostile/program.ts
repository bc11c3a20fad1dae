import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hostile program and what its head says of it. */
export interface HostileProgram {
  name: string;
  text: string;
  /** In what it runs: a run, a terminal, or one after the other. */
  where: ('run' | 'terminal')[];
  /** An exit code, `timeout`, `output`, or `any`. */
  ends: string;
  timeoutMs: number;
  /** Names of what the test gives it as arguments. */
  arguments: string[];
  /** Where it may end with its whole sandbox for want of memory, for the reason that the head gives. */
  mayTakeSandbox: { gvisor: boolean; kernel: boolean };
  /** What may be BROKEN under gVisor: patterns of the words that follow, each with its reason in the head. */
  excused: RegExp[];
}

const TAKES_SANDBOX = 'ends the sandbox';

/** What a head can say, in the words that its lines begin with. */
const FIELDS = ['tries', 'holds', 'where', 'ends', 'timeoutMs', 'arguments', 'gvisor', 'kernel'] as const;
type Field = (typeof FIELDS)[number];

/** All programs beside this file. Throws an Error that names the program whose head lacks something. */
export function readPrograms(): HostileProgram[] {
  const names = readdirSync(import.meta.dirname).filter((name) => /\.(py|sh|js)$/.test(name));
  return names.map((name) => readProgram(name, readFileSync(join(import.meta.dirname, name), 'utf8')));
}

/**
 * Reads the head of a program: `# name: value` lines (`//` in JavaScript), each of which may go on in lines indented by
 * two more spaces. A
 * `gvisor` line, of which there may be several, is `WHAT, for REASON`: what is printed after BROKEN begins with WHAT,
 * in which `*` stands for one name. A `kernel` line says the same of a kernel that is the host's; it can only be that
 * the sandbox ends. Throws an Error when something is missing, or a line is neither of these.
 */
export function readProgram(name: string, text: string): HostileProgram {
  const head = readHead(name, text);
  const fields = (wanted: Field): string[] => head.filter(([field]) => field === wanted).map(([, value]) => value);
  for (const needed of ['tries', 'holds'] as const)
    if (fields(needed).length !== 1) throw new Error(`${name} does not say what it ${needed}`);
  const excusesOf = (whom: 'gvisor' | 'kernel'): string[] =>
    fields(whom).map((line) => {
      const [, what, reason] = /^(.+?), for (.+)$/.exec(line) ?? [];
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

/** The comment lines that a program begins with, as fields and their values. */
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
    else throw new Error(`${name} has a head with a line that says nothing known: ${line}`);
  }
  return head;
}

/** What a program said to be broken, as far as the runtime does not excuse it. */
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
