import { HelpWanted, parseFlags, UsageError } from './flags.ts';
import type { Flag, Given } from './flags.ts';

const USAGE_EXIT_CODE = 4;
const HELP_COLUMNS = 80;

/** What a command is called, and what its help says. */
export interface Usage {
  /** As in `Failed running "cert list"`. */
  name: string;
  about: string;
  /** Lines under `Usage:`, without the leading `cockroach`. */
  lines: string[];
  examples?: string[];
  commands?: [name: string, about: string][];
  flags: readonly Flag[];
}

/** A command failed in a way that its user can understand: printed as `ERROR: …`. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number } = {}) {
    super(message);
    this.exitCode = options.exitCode ?? 1;
  }
}

/** The command was called without one of its sub-commands: told with the whole usage, but exit code 1. */
export class SubcommandError extends CommandError {
  override name = 'SubcommandError';
}

/**
 * Reads the command line, runs the command, and tells what went wrong as the `cockroach` command does. Gives the exit
 * code.
 */
export async function runCommand(
  usage: Usage,
  argv: readonly string[],
  run: (given: Given) => Promise<number>,
): Promise<number> {
  try {
    return await run(parseFlags(argv, usage.flags));
  } catch (cause) {
    if (cause instanceof HelpWanted) {
      process.stdout.write(`${usage.about}\n\n${usageText(usage)}`);
      return 0;
    }
    const shown =
      cause instanceof UsageError ? `${usageText(usage)}\n` : cause instanceof SubcommandError ? usageText(usage) : '';
    process.stderr.write(
      `${shown}ERROR: ${cause instanceof Error ? cause.message : String(cause)}\nFailed running "${usage.name}"\n`,
    );
    if (cause instanceof UsageError) return USAGE_EXIT_CODE;
    return cause instanceof CommandError ? cause.exitCode : 1;
  }
}

/** The usage, from `Usage:` on. */
export function usageText(usage: Usage): string {
  const wide = Math.max(0, ...(usage.commands ?? []).map(([name]) => name.length));
  const blocks = [
    ['Usage:', ...usage.lines.map((line) => `  cockroach ${line}`)],
    ...(usage.examples ? [['Examples:', ...usage.examples.map((line) => `  ${line}`)]] : []),
    ...(usage.commands
      ? [['Available Commands:', ...usage.commands.map(([name, about]) => `  ${name.padEnd(wide)} ${about}`)]]
      : []),
    ['Flags:', ...flagLines(usage.flags)],
    GLOBAL_FLAGS,
    ...(usage.commands
      ? [[`Use "cockroach ${usage.name} [command] --help" for more information about a command.`]]
      : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const GLOBAL_FLAGS = [
  'Global Flags:',
  '      --log <string>         ',
  `${' '.repeat(37)}Logging configuration. See the documentation for details.`,
  `${' '.repeat(36)}`,
  '      --vmodule moduleSpec   comma-separated list of pattern=N settings for file-filtered logging (significantly hurts performance)',
];

function flagLines(flags: readonly Flag[]): string[] {
  const help: Flag = { name: 'help', short: 'h', kind: 'truth', help: 'help for this command' };
  const shown = [...flags, help]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => ({
      left: `  ${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${flag.kind === 'truth' ? '' : ' <string>'}`,
      help: flag.help,
    }));
  const wide = Math.max(...shown.map(({ left }) => left.length)) + 3;
  return shown.flatMap(({ left, help: words }) =>
    wrapped(words, HELP_COLUMNS - wide).map((line, i) => (i ? ' '.repeat(wide) : left.padEnd(wide)) + line),
  );
}

function wrapped(words: string, columns: number): string[] {
  const lines = [''];
  for (const word of words.split(' ')) {
    const last = lines.length - 1;
    if (!lines[last] || lines[last].length + 1 + word.length <= columns)
      lines[last] = `${lines[last]}${lines[last] ? ' ' : ''}${word}`;
    else lines.push(word);
  }
  return lines;
}
