import { basename, normalize } from 'node:path/posix';
import { LANGUAGES } from '../../languages/all.ts';
import { languageOfFile } from '../../languages/commands.ts';
import type { StepBody } from '../../shared/protocol.ts';
import { pathOf } from '../../shared/step.ts';
import { readShellText } from './shell-text.ts';

/** Commands after which files may exist that the page does not name. */
const MAKE_ANY = ['git', 'tar', 'unzip', 'npx', 'make', 'django-admin', 'bash', 'sh', 'source', '.', 'eval'];
/** Commands that name files without making them. */
const ONLY_READ = ['cat', 'ls', 'chmod', 'head', 'tail', 'less', 'wc', 'grep', 'rm', 'rmdir', 'diff', 'file', 'stat'];
/** Commands that run the command behind them. */
const PREFIXES = ['env', 'nohup', 'exec', 'time', 'sudo'];

/**
 * Returns the first program that the last step runs although nothing on the page makes it; undefined when there is
 * none, or when that cannot be known. After any `cd`, only the programs' names are compared.
 */
export function missingProgram(steps: readonly StepBody[]): string | undefined {
  const files = steps.flatMap((step) => pathOf(step) ?? []);
  const named = new Set<string>();
  let hasMoved = false;
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'shell') continue;
    for (const command of readShellText(step.command).commands) {
      const words = commandOf(command);
      if (makesAny(words)) return undefined;
      if (words[0] === 'cd') hasMoved = true;
      const program = programOf(words);
      if (program !== undefined && index === steps.length - 1) {
        const isThere = hasMoved
          ? files.some((path) => basename(path) === basename(program))
          : files.includes(normalize(program));
        if (!isThere && !named.has(basename(program))) return program;
      }
      for (const path of madeBy(words, program)) named.add(basename(path));
    }
  }
  return undefined;
}

/** Returns a command's words without assignments and prefixes before it. */
function commandOf(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word) && !PREFIXES.includes(word));
  return first < 0 ? [] : words.slice(first);
}

function makesAny([word = '', what]: readonly string[]): boolean {
  return MAKE_ANY.includes(word) || (word === 'npm' && (what === 'create' || what === 'init'));
}

/** Returns the program file that a command runs, as a path relative to where it runs; undefined for other commands. */
function programOf([word = '', ...others]: readonly string[]): string | undefined {
  const isRunner = LANGUAGES.some(({ runs }) => runs.includes(word));
  const file = isRunner ? argumentOf(others) : word.includes('/') ? word : undefined;
  const path = file?.replace(/^(?:~|\/home\/reader)\//, '');
  if (path === undefined || !/^[\w./-]+$/.test(path) || path.startsWith('/')) return undefined;
  const language = languageOfFile(path);
  return language && (!isRunner || language.runs.includes(word)) ? path : undefined;
}

/** Returns an interpreter's first argument that is a file; undefined when it runs a module or a text. */
function argumentOf(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => !/^-[a-zA-Z-]+$/.test(word));
  return words.slice(0, Math.max(at, 0)).some((flag) => /^-[cmep]$/.test(flag)) ? undefined : words[at];
}

/** Returns the words of a command that may name files which it makes. */
function madeBy(words: readonly string[], program: string | undefined): string[] {
  const written = words.filter((_, index) => words[index - 1] === '>');
  return program !== undefined || ONLY_READ.includes(words[0] ?? '') ? written : words.slice(1);
}
