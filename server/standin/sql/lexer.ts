import { SqlError } from '../problem.ts';

/**
 * Words and signs of CockroachDB's SQL (cockroachlabs.com/docs/stable/sql-constants, keywords-and-identifiers).
 * `word` is an unquoted name or keyword, `bytes` a b'…' or x'…' literal, `bits` a B'…' literal.
 */
export type TokenKind = 'word' | 'quoted' | 'string' | 'escape' | 'bytes' | 'bits' | 'dollar' | 'number' | 'placeholder' | 'sign' | 'end';

export interface Token {
  kind: TokenKind;
  /** Folded to lower case for a word, unquoted for a quoted name; else as written. */
  value: string;
  start: number;
  end: number;
}

const SPACE = /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const PLACEHOLDER = /\$\d+/y;
const DOLLAR = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const SIGN = /:::|::|:=|\|\|\/|\|\/|\|\||->>|->|#>>|#>|#-|@>|<@|\?\||\?&|&&|<<=|>>=|<<|>>|<=|>=|<>|!=|!~\*|!~|~\*|\/\/|\.\.|[\s\S]/y;

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

function lexical(source: string, position: number, what: string): SqlError {
  return new SqlError('42601', `lexical error: ${what}`, { detail: `source SQL:\n${caret(source, position)}` });
}

/** The source up to the end of the line of `position`, and a caret under it, as CockroachDB details a syntax error. */
export function caret(source: string, position: number): string {
  const lineStart = source.lastIndexOf('\n', position - 1) + 1;
  const lineEnd = source.indexOf('\n', position);
  return `${source.slice(0, lineEnd < 0 ? undefined : lineEnd)}\n${' '.repeat(position - lineStart)}^`;
}

const PREFIXES: Record<string, [TokenKind, boolean]> = { e: ['escape', true], E: ['escape', true], b: ['bytes', true], x: ['bytes', false], X: ['bytes', false], B: ['bits', false] };

function tokenAt(source: string, start: number): Token {
  const char = source[start]!;
  const literal = (kind: TokenKind, open: number, mark: string, escapes: boolean): Token => {
    const end = closing(source, open, mark, escapes, start);
    const value = kind === 'quoted' ? source.slice(open + 1, end - 1).replaceAll('""', '"') : source.slice(start, end);
    return { kind, value, start, end };
  };
  const plain = (kind: TokenKind, value: string): Token => ({ kind, value, start, end: start + value.length });
  if (char === "'") return literal('string', start, "'", false);
  if (char === '"') return literal('quoted', start, '"', false);
  if (source[start + 1] === "'" && PREFIXES[char]) return literal(PREFIXES[char][0], start + 1, "'", PREFIXES[char][1]);
  const tag = at(DOLLAR, source, start);
  if (tag) {
    const end = source.indexOf(tag, start + tag.length);
    if (end < 0) throw lexical(source, start, 'unterminated string');
    return plain('dollar', source.slice(start, end + tag.length));
  }
  const word = at(WORD, source, start);
  if (word) return { ...plain('word', word), value: word.toLowerCase() };
  const number = at(NUMBER, source, start);
  if (number) return plain('number', number);
  const placeholder = at(PLACEHOLDER, source, start);
  return placeholder ? plain('placeholder', placeholder) : plain('sign', at(SIGN, source, start)!);
}

/** Every token of the text, then one of kind `end`. Throws SqlError 42601 for what has no end. */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += at(SPACE, source, position)?.length ?? 0;
    if (source.startsWith('/*', position)) throw lexical(source, position, 'unterminated comment');
    if (position >= source.length) return [...tokens, { kind: 'end', value: '', start: source.length, end: source.length }];
    const token = tokenAt(source, position);
    tokens.push(token);
    position = token.end;
  }
}
