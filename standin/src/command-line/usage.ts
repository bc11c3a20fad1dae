import type { Flag } from './flags.ts';

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

const GLOBAL_FLAGS = [
  'Global Flags:',
  '      --log <string>         ',
  `${' '.repeat(37)}Logging configuration. See the documentation for details.`,
  `${' '.repeat(36)}`,
  '      --vmodule moduleSpec   ' +
    'comma-separated list of pattern=N settings for file-filtered logging (significantly hurts performance)',
];

/** The usage of a command from the line `Usage:` on, as `--help` and errors print it. */
export function usageText(usage: Usage): string {
  const { name, lines, examples, commands } = usage;
  const wide = Math.max(0, ...(commands ?? []).map(([each]) => each.length));
  const blocks = [
    ['Usage:', ...lines.map((line) => `  cockroach ${line}`)],
    examples && ['Examples:', ...examples.map((line) => `  ${line}`)],
    commands && ['Available Commands:', ...commands.map(([each, about]) => `  ${each.padEnd(wide)} ${about}`)],
    ['Flags:', ...flagLines(usage.flags)],
    GLOBAL_FLAGS,
    commands && [`Use "cockroach ${name} [command] --help" for more information about a command.`],
  ];
  const shown = blocks.filter((block) => block !== undefined);
  return `${shown.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** The whole text of `--help`. */
export function helpText(usage: Usage): string {
  return `${usage.about}\n\n${usageText(usage)}`;
}

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
