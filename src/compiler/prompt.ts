/** A block's lines as shown, and the text that is copied and run. */
export interface Prompted {
  /** Whether a prompt is shown before the line, for each line of `text`. */
  marks: boolean[];
  /** Without prompts; line continuations kept. */
  text: string;
  /** Index of the first line that is neither a command nor its continuation, if there is one. */
  strayLine?: number;
}

/** The prompt that a kind of step is written with. */
export const PROMPTS = { shell: '$', sql: '>' } as const;

/** Takes the prompts out of a block. A block without any prompt is taken as it is. */
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
 * Whether the lines so far want another one: a shell line ends in a backslash or opens a here-document, a statement has
 * no semicolon yet.
 */
function isOpen(lines: readonly string[], kind: keyof typeof PROMPTS): boolean {
  const last = lines.at(-1)?.trimEnd();
  if (last === undefined) return false;
  if (kind === 'sql') return last !== '' && !last.endsWith(';') && !last.startsWith('\\');
  const marker = lines.map((line) => /<<-?\s*['"]?(\w+)/.exec(line)?.[1]).findLast((found) => found !== undefined);
  return last.endsWith('\\') || (marker !== undefined && !lines.includes(marker));
}
