import { readShellText } from './shell-text.ts';

/** A block's text without prompts, and where prompts are shown. */
export interface Prompted {
  /** Says for each line of `text` whether a prompt is shown before it. */
  marks: boolean[];
  /** The text that is shown and run, without prompts but with line continuations. */
  text: string;
  /** Indexes of the lines that are neither commands nor their continuations: output. Absent when there are none. */
  strayLines?: number[];
}

/** The prompt of each kind of step. */
export const PROMPTS = { shell: '$', sql: '>' } as const;

/**
 * Removes the prompts from a block, and the blanks before them. A block without prompts stays as it is. Lines below a
 * complete command that have no prompt are its output.
 */
export function stripPrompts(source: string, kind: keyof typeof PROMPTS): Prompted {
  const lines = source.replace(/\s+$/, '').split('\n');
  const prompt = kind === 'shell' ? /^([ \t]*)\$(?:[ \t]|$)/ : /^([ \t]*)>(?:[ \t]|$)/;
  if (!lines.some((line) => prompt.test(line))) return { marks: lines.map(() => false), text: lines.join('\n') };
  const marks: boolean[] = [];
  const shown: string[] = [];
  const strayLines: number[] = [];
  let command: string[] = [];
  let indent = '';
  for (const [index, line] of lines.entries()) {
    const open = isOpen(command, kind);
    const found = prompt.exec(line);
    // Blanks before `>` in the middle of a statement, or anything in a here-document, is no prompt.
    const isPrompt = found !== null && (!open || (kind === 'sql' && found[1] === indent));
    if (!isPrompt && !open && line.trim() !== '') strayLines.push(index);
    if (isPrompt) indent = found[1]!;
    marks.push(isPrompt);
    const rest = isPrompt ? line.slice(found[0].length) : line.startsWith(indent) ? line.slice(indent.length) : line;
    shown.push(rest);
    if (isPrompt) command = open ? [...command, rest] : [rest];
    else if (open) command.push(rest);
  }
  return { marks, text: shown.join('\n'), ...(strayLines.length === 0 ? {} : { strayLines }) };
}

/** Returns the commands of a block, without the output among them. */
export function commandsIn({ text, strayLines = [] }: Prompted): string {
  return text
    .split('\n')
    .filter((_, index) => !strayLines.includes(index))
    .join('\n');
}

/** Returns whether the lines of a command need another one: a statement has no semicolon, or a here-document no end. */
function isOpen(lines: readonly string[], kind: keyof typeof PROMPTS): boolean {
  const last = lines.at(-1)?.trimEnd();
  if (last === undefined) return false;
  if (kind === 'shell') return readShellText(lines.join('\n')).isOpen;
  return last !== '' && !last.endsWith(';') && !last.startsWith('\\');
}
