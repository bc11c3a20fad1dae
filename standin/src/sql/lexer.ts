import { SqlError } from '../protocol/problem.ts';

/**
 * Words and signs of CockroachDB's SQL (cockroachlabs.com/docs/stable/sql-constants, keywords-and-identifiers).
 * `word` is an unquoted name or keyword, `bytes` a b'…' or x'…' literal, `bits` a B'…' literal.
 */
export type TokenKind =
  'word' | 'quoted' | 'string' | 'escape' | 'bytes' | 'bits' | 'dollar' | 'number' | 'placeholder' | 'sign' | 'end';

export interface Token {
  kind: TokenKind;
  /** Folded to lower case for a word, unquoted for a quoted name, in one piece for a string; else as written. */
  value: string;
  start: number;
  end: number;
}

// Where a token ends, PostgreSQL must say so too, or a reader could hide from one what the other runs. Hence bytes
// above 127 are letters, as for both databases (postgresql.org/docs/18/sql-syntax-lexical.html), no sign reaches into a
// comment, and case is folded for ASCII alone.
const SPACE = /[ \t\n\r\f\v]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const COMMENT_MARK = /\/\*|\*\//g;
/**
 * Strings with a line's end between them are one (cockroachlabs.com/docs/stable/sql-constants), in the kind of the
 * first.
 */
const CONTINUED = /[ \t\r\f]*\n[ \t\r\f\n]*'/y;
const WORD = /[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}$]*/uy;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const PLACEHOLDER = /\$\d+/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy;
const SIGN =
  /:::|::|:=|\|\|\/(?!\*)|\|\/(?!\*)|\|\||->>|->|#>>|#>|#-(?!-)|@>|<@|\?\||\?&|&&|<<=|>>=|<<|>>|<=|>=|<>|!=|!~\*|!~|~\*|\/\/(?!\*)|\.\.|[\s\S]/y;

function at(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0];
}

/** End of a literal that opened at `open` with `mark`; doubling escapes, and a backslash where `escapes`. */
function closing(source: string, open: number, mark: string, escapes: boolean, start: number): number {
  for (let i = open + 1; i < source.length; i++) {
    if (escapes && source[i] === '\\') i++;
    else if (source[i] === mark && source[i + 1] === mark) i++;
    else if (source[i] === mark) return i + 1;
  }
  throw lexical(source, start, mark === '"' ? 'unterminated quoted identifier' : 'unterminated string');
}

/** A string from its prefix on, with all that continues it. */
function stringAt(kind: TokenKind, source: string, open: number, escapes: boolean, start: number): Token {
  let end = closing(source, open, "'", escapes, start);
  let value = source.slice(start, end);
  for (let gap = at(CONTINUED, source, end); gap !== undefined; gap = at(CONTINUED, source, end)) {
    const next = closing(source, end + gap.length - 1, "'", escapes, start);
    value = value.slice(0, -1) + source.slice(end + gap.length, next);
    end = next;
  }
  return { kind, value, start, end };
}

function lexical(source: string, position: number, what: string): SqlError {
  return new SqlError('42601', `lexical error: ${what}`, { detail: `source SQL:\n${caret(source, position)}` });
}

/**
 * The source up to the end of the line of `position`, and a caret under it, as CockroachDB details a syntax error:
 * behind as many spaces as there are bytes.
 */
export function caret(source: string, position: number): string {
  const lineStart = source.lastIndexOf('\n', position - 1) + 1;
  const lineEnd = source.indexOf('\n', position);
  return `${source.slice(0, lineEnd < 0 ? undefined : lineEnd)}\n${' '.repeat(Buffer.byteLength(source.slice(lineStart, position)))}^`;
}

const PREFIXES: Record<string, [TokenKind, boolean]> = {
  e: ['escape', true],
  E: ['escape', true],
  b: ['bytes', true],
  x: ['bytes', false],
  X: ['bytes', false],
  B: ['bits', false],
};

function tokenAt(source: string, start: number): Token {
  const char = source[start]!;
  const plain = (kind: TokenKind, value: string): Token => ({ kind, value, start, end: start + value.length });
  if (char === "'") return stringAt('string', source, start, false, start);
  if (char === '"') {
    const end = closing(source, start, '"', false, start);
    return { kind: 'quoted', value: source.slice(start + 1, end - 1).replaceAll('""', '"'), start, end };
  }
  if (source[start + 1] === "'" && PREFIXES[char])
    return stringAt(PREFIXES[char][0], source, start + 1, PREFIXES[char][1], start);
  const tag = at(DOLLAR, source, start);
  if (tag) {
    const end = source.indexOf(tag, start + tag.length);
    if (end < 0) throw lexical(source, start, 'unterminated string');
    return plain('dollar', source.slice(start, end + tag.length));
  }
  const word = at(WORD, source, start);
  if (word) return { ...plain('word', word), value: word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) };
  const number = at(NUMBER, source, start);
  if (number) return plain('number', number);
  const placeholder = at(PLACEHOLDER, source, start);
  return placeholder ? plain('placeholder', placeholder) : plain('sign', at(SIGN, source, start)!);
}

/**
 * Where the next token begins: after white space and comments, of which those in C's manner nest. Throws SqlError
 * 42601.
 */
function tokenStart(source: string, from: number): number {
  let position = from;
  for (;;) {
    position += at(SPACE, source, position)?.length ?? 0;
    if (source.startsWith('--', position)) position += at(LINE_COMMENT, source, position)!.length;
    else if (source.startsWith('/*', position)) position = commentEnd(source, position);
    else return position;
  }
}

function commentEnd(source: string, start: number): number {
  let depth = 0;
  COMMENT_MARK.lastIndex = start;
  for (let mark = COMMENT_MARK.exec(source); mark; mark = COMMENT_MARK.exec(source)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_MARK.lastIndex;
  }
  throw lexical(source, start, 'unterminated comment');
}

/** Every token of the text, then one of kind `end`. Throws SqlError 42601 for what has no end. */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position = tokenStart(source, position);
    if (position >= source.length)
      return [...tokens, { kind: 'end', value: '', start: source.length, end: source.length }];
    const token = tokenAt(source, position);
    tokens.push(token);
    position = token.end;
  }
}
