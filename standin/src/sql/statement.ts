import { lex, type Token } from './lexer.ts';

/** One statement, without its semicolon, and its tokens, the last of kind `end`. */
export interface Statement {
  /**
   * What may go on to PostgreSQL: with spaces alone between tokens. Comments and ends of lines there do not mean the
   * same to both databases; what one of them takes for a comment, the other would run.
   */
  source: string;
  /** As its author wrote it, each token at the same place, for what is told to them; where it is missing, `source`. */
  written?: string;
  tokens: Token[];
  /** It is a column's definition: its second token is a type. */
  defines?: boolean;
  /** A part of it is PostgreSQL's already: only what is the same in both may be rewritten. */
  translated?: boolean;
}

/** A text's statements, empty ones left out. Throws SqlError 42601 as the lexer does. */
export function splitStatements(source: string): Statement[] {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  for (const token of lex(source)) {
    if (token.kind !== 'end' && !isSign(token, ';')) {
      tokens.push(token);
      continue;
    }
    if (tokens.length) statements.push(cut(source, tokens));
    tokens = [];
  }
  return statements;
}

/** A statement of its own from text that was put together here. */
export function parseStatement(source: string): Statement {
  return splitStatements(source)[0] ?? { source: '', tokens: [{ kind: 'end', value: '', start: 0, end: 0 }] };
}

function cut(text: string, tokens: Token[]): Statement {
  const from = tokens[0]!.start;
  const to = tokens.at(-1)!.end;
  const moved = tokens.map((token) => ({ ...token, start: token.start - from, end: token.end - from }));
  const written = text.slice(from, to);
  let source = '';
  for (const { start, end } of moved) source += ' '.repeat(start - source.length) + written.slice(start, end);
  return { source, written, tokens: [...moved, { kind: 'end', value: '', start: to - from, end: to - from }] };
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.value === sign;
}

export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value);
}

/** A name as PostgreSQL takes it literally. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string constant with that value. */
export function quoteText(value: string): string {
  return value.includes('\\')
    ? ` E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${value.replaceAll("'", "''")}'`;
}
