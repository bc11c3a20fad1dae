/** A block's text without prompts, and where prompts are shown. */
export interface Prompted {
  /** Says for each line of `text` whether a prompt is shown before it. */
  marks: boolean[];
  /** The text that is copied and run, without prompts but with line continuations. */
  text: string;
  /** Index of the first line that is neither a command nor its continuation, if there is one. */
  strayLine?: number;
}

/** The prompt of each kind of step. */
export const PROMPTS = { shell: '$', sql: '>' } as const;

/** Removes the prompts from a block. A block without prompts stays as it is. */
export function stripPrompts(source: string, kind: keyof typeof PROMPTS): Prompted {
  const prompt = PROMPTS[kind];
  const lines = source.replace(/\s+$/, '').split('\n');
  const isPrompt = (line: string) => line === prompt || line.startsWith(`${prompt} `);
  if (!lines.some(isPrompt)) return { marks: lines.map(() => false), text: lines.join('\n') };
  const marks: boolean[] = [];
  const stripped: string[] = [];
  let strayLine: number | undefined;
  for (const [index, line] of lines.entries()) {
    const marked = isPrompt(line);
    if (!marked && strayLine === undefined && !isOpen(stripped, kind)) strayLine = index;
    marks.push(marked);
    stripped.push(marked ? line.slice(prompt.length + 1) : line);
  }
  return { marks, text: stripped.join('\n'), ...(strayLine === undefined ? {} : { strayLine }) };
}

/**
 * Returns whether the lines so far need another one: a shell line ends in a backslash or opens a here-document, or a
 * statement has no semicolon yet.
 */
function isOpen(lines: readonly string[], kind: keyof typeof PROMPTS): boolean {
  const last = lines.at(-1)?.trimEnd();
  if (last === undefined) return false;
  if (kind === 'sql') return last !== '' && !last.endsWith(';') && !last.startsWith('\\');
  const marker = lines.map((line) => /<<-?\s*['"]?(\w+)/.exec(line)?.[1]).findLast((found) => found !== undefined);
  return last.endsWith('\\') || (marker !== undefined && !lines.includes(marker));
}
