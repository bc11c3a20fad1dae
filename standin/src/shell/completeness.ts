import { lex } from '../sql/text/lexer.ts';

/** Returns what a text holds: only white space and comments, the beginning of a statement, or complete statements. */
export function completeness(text: string): 'nothing' | 'begun' | 'complete' {
  try {
    const tokens = lex(text);
    const last = tokens.at(-2);
    if (!last) return 'nothing';
    return last.kind === 'sign' && last.value === ';' ? 'complete' : 'begun';
  } catch {
    return 'begun';
  }
}

/** Returns how many statements a text holds; 1 when it cannot be read. */
export function countStatements(text: string): number {
  try {
    const marks = lex(text).map((token) =>
      token.kind === 'end' ? '' : token.kind === 'sign' && token.value === ';' ? ';' : 'x',
    );
    return marks.join('').split(';').filter(Boolean).length;
  } catch {
    return 1;
  }
}

/**
 * Returns the lines of a statement joined into one; undefined when that would change the meaning, as after a comment.
 */
export function onOneLine(lines: readonly string[]): string | undefined {
  const line = lines.map((each) => each.trim()).join(' ');
  const meaning = (text: string): string => JSON.stringify(lex(text).map(({ kind, value }) => [kind, value]));
  try {
    return meaning(line) === meaning(lines.join('\n')) ? line : undefined;
  } catch {
    return undefined;
  }
}
