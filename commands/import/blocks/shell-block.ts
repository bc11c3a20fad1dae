import { isProgramRun, languageOfFile } from '../../../languages/commands.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { stripPrompts } from '../../../src/compiler/fence-prompts.ts';
import { readShellText } from '../../../src/compiler/shell-text.ts';
import { SHELL_PROMPT } from '../source/prompts.ts';
import { textOfModes } from './mode-text.ts';
import { placeholderIn } from './placeholders.ts';
import { whyUnavailable } from './unavailable.ts';

/** A shell block as steps need it. */
export interface ShellBlock {
  text: Record<Mode, string>;
  /** Its commands, without prompts and with continuations. */
  commands: string[];
  prompts: boolean;
  /** What it prints, when the page shows commands and output in one block. */
  printed: string | undefined;
  notes: string[];
  /** Why it cannot be run. */
  unfit: string | undefined;
}

/** Where `cockroach workload` would look for a cluster that has no certificates. */
const INSECURE_URL = 'postgresql://root@localhost:26257?sslmode=disable';

/** Commands that change what later commands of the same shell do. */
const LASTING = /^(?:cd|export|source|\.|alias|unset|pushd|set|function)\s|^[A-Za-z_]\w*=\S*$|^\w+\s*\(\)/;

/** Reads a shell block. `mode` is that of the section around it; null when both modes show it. */
export function readShellBlock(source: string, mode: Mode | null): ShellBlock {
  const lines = source
    .replace(/\s+$/, '')
    .split('\n')
    .map((line) => line.replace(SHELL_PROMPT, '$ '));
  const prompts = lines.some((line) => line.startsWith('$ '));
  const notes: string[] = [];
  const { strayLines = [] } = stripPrompts(lines.join('\n'), 'shell');
  // Output above a command belongs to no step as a whole.
  const alternates = lines.some((line, index) => line.startsWith('$ ') && index > (strayLines[0] ?? Infinity));
  const kept = lines
    .filter((_, index) => !strayLines.includes(index))
    .join('\n')
    .trim();
  const printed = lines.filter((_, index) => strayLines.includes(index)).join('\n');
  if (printed !== '') notes.push('the lines below its commands became its expected output');
  const connected = kept.replace(
    /^((?:\$ )?cockroach sql)(?=\s|$)(?![^\n]*(?:--insecure|--certs-dir|--url|postgres|\\$))/gm,
    '$1 --insecure',
  );
  if (connected !== kept) notes.push('`cockroach sql` got the flag for how it connects');
  const fewer = connected.replace(/ --num-[\w-]+[= ]\d{4,}(?=\s|$)/g, '');
  if (fewer !== connected) notes.push('the numbers of rows were left out: a sandbox holds fewer');
  const addressed = fewer.replace(
    /^((?:\$ )?cockroach workload init \w+(?: --[\w-]+(?:=\S+| \d+)?)*)[ \t]*$/gm,
    (found) => (found.includes('--help') ? found : `${found.trimEnd()} '${INSECURE_URL}'`),
  );
  if (addressed !== fewer) notes.push('`cockroach workload` got the address of the cluster');
  const current = addressed.replace(
    /cockroach user set (\w+)((?: --\S+)*)/g,
    "cockroach sql$2 -e 'CREATE USER IF NOT EXISTS $1'",
  );
  if (current !== addressed) notes.push('`cockroach user set` became a statement');
  const { text } = stripPrompts(current, 'shell');
  const { commands: words, isOpen } = readShellText(text);
  const commands = words.map((each) => each.join(' '));
  const unfit =
    (commands.length === 0 ? 'it is empty' : undefined) ??
    placeholderIn(text, 'shell') ??
    whyUnavailable(commands) ??
    (alternates ? 'commands and output alternate in it' : undefined) ??
    (isOpen ? 'its last command has no end' : undefined);
  const both = textOfModes(current);
  const own = mode === null ? both : { secure: current, insecure: current };
  if (mode === null && both.secure !== both.insecure) notes.push('it got a form for each mode');
  return { text: own, commands, prompts, printed: printed === '' ? undefined : printed, notes, unfit };
}

/** Whether a command changes what later commands of the same shell do. */
export function lasts(command: string): boolean {
  return LASTING.test(command);
}

/** Returns the program that a command runs, such as `app.py`; undefined when it runs none. */
export function programOf(command: string): string | undefined {
  const words = command.split(/\s+/);
  if (!isProgramRun(words)) return undefined;
  const file = words[1] ?? '';
  return languageOfFile(file) ? file.replace(/^\.\//, '') : undefined;
}
