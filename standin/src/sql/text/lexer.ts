import { SizeLimits } from './size-limits.ts';
import { lexicalError } from './syntax-error.ts';
import type { Token, TokenKind } from './tokens.ts';

// PostgreSQL must end every token where this lexer does, or a reader could hide a statement from the stand-in that
// PostgreSQL then runs. So bytes above 127 are letters, as in both databases
// (postgresql.org/docs/18/sql-syntax-lexical.html), no sign extends into a comment, and only ASCII letters are folded
// to lower case.
const SPACE = /[ \t\n\r\f\v]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const COMMENT_MARK = /\/\*|\*\//g;
/**
 * What may separate two parts of one string: white space with a line feed in it
 * (cockroachlabs.com/docs/stable/sql-constants).
 */
const CONTINUED = /[ \t\r\f]*\n[ \t\r\f\n]*'/y;
const WORD = /[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}$]*/uy;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const FIRST_OF_NUMBER = /[\d.]/;
const PLACEHOLDER = /\$\d+/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy;

/** Signs of several characters; each comes before its own prefixes. */
const LONG_SIGNS =
  '::: :: := ||/ |/ || ->> -> #>> #> #- @> <@ ?| ?& && <<= >>= << >> <= >= <> != !~* !~ ~* // ..'.split(' ');
const SIGN = new RegExp([...LONG_SIGNS.map(signPattern), '[^]'].join('|'), 'y');

/**
 * Returns a pattern for a sign that ends before a comment: where the sign's last character would begin one, the comment
 * wins.
 */
function signPattern(sign: string): string {
  const pattern = sign.replace(/[.*?|/^$]/g, '\\$&');
  if (sign.endsWith('/')) return `${pattern}(?!\\*)`;
  return sign.endsWith('-') ? `${pattern}(?!-)` : pattern;
}

function at(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.test(source) ? source.slice(position, pattern.lastIndex) : undefined;
}

/**
 * Returns the end of a literal whose opening `mark` is at `open`. A doubled mark does not end it; with `escapes`,
 * neither does one after a backslash. The literal's token begins at `start`.
 */
function closing(source: string, open: number, mark: string, escapes: boolean, start: number): number {
  for (let i = open + 1; i < source.length; i++) {
    if (escapes && source[i] === '\\') i++;
    else if (source[i] === mark && source[i + 1] === mark) i++;
    else if (source[i] === mark) return i + 1;
  }
  throw lexicalError(source, start, mark === '"' ? 'unterminated quoted identifier' : 'unterminated string');
}

/** Returns a string, from its prefix on, with the strings that continue it. */
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

/** The kind of a string by its prefix, and whether a backslash escapes in it. */
const PREFIXES: Record<string, [TokenKind, boolean]> = {
  e: ['escape', true],
  E: ['escape', true],
  b: ['bytes', true],
  x: ['bytes', false],
  X: ['bytes', false],
  B: ['bits', false],
};

/** Throws StatementError (syntaxError) for B'…' and x'…' with other digits than binary and hexadecimal ones. */
function checkDigits({ kind, value, start }: Token, source: string): void {
  const digits = value.slice(2, -1);
  const [wrong] = (kind === 'bits' && /[^01]/u.exec(digits)) || [];
  if (wrong !== undefined) throw lexicalError(source, start, `"${wrong}" is not a valid binary digit`);
  if (/^x/i.test(value) && !/^(?:[0-9a-f]{2})*$/i.test(digits))
    throw lexicalError(source, start, 'invalid hexadecimal bytes literal');
}

function tokenAt(source: string, start: number): Token {
  const char = source[start]!;
  const plain = (kind: TokenKind, value: string): Token => ({ kind, value, start, end: start + value.length });
  if (char === "'") return stringAt('string', source, start, false, start);
  if (char === '"') {
    const end = closing(source, start, '"', false, start);
    return { kind: 'quoted', value: source.slice(start + 1, end - 1).replaceAll('""', '"'), start, end };
  }
  if (source[start + 1] === "'" && PREFIXES[char]) {
    const token = stringAt(PREFIXES[char][0], source, start + 1, PREFIXES[char][1], start);
    checkDigits(token, source);
    return token;
  }
  const tag = char === '$' ? at(DOLLAR, source, start) : undefined;
  if (tag) {
    const end = source.indexOf(tag, start + tag.length);
    if (end < 0) throw lexicalError(source, start, 'unterminated string');
    return plain('dollar', source.slice(start, end + tag.length));
  }
  const word = at(WORD, source, start);
  if (word) return { ...plain('word', word), value: word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) };
  const number = FIRST_OF_NUMBER.test(char) ? at(NUMBER, source, start) : undefined;
  if (number) return plain('number', number);
  const placeholder = char === '$' ? at(PLACEHOLDER, source, start) : undefined;
  return placeholder ? plain('placeholder', placeholder) : plain('sign', at(SIGN, source, start)!);
}

/** Returns where the next token begins, after white space and comments. Throws StatementError (syntaxError). */
function tokenStart(source: string, from: number): number {
  let position = from;
  for (;;) {
    position += at(SPACE, source, position)?.length ?? 0;
    if (source.startsWith('--', position)) position += at(LINE_COMMENT, source, position)!.length;
    else if (source.startsWith('/*', position)) position = commentEnd(source, position);
    else return position;
  }
}

/** Returns the end of a block comment; such comments nest. */
function commentEnd(source: string, start: number): number {
  let depth = 0;
  COMMENT_MARK.lastIndex = start;
  for (let mark = COMMENT_MARK.exec(source); mark; mark = COMMENT_MARK.exec(source)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_MARK.lastIndex;
  }
  throw lexicalError(source, start, 'unterminated comment');
}

/**
 * Returns every token of the text, then one of kind `end`. Throws StatementError (syntaxError) for a string, quoted
 * name or comment without an end, and (featureNotSupported) for a text that is too large.
 */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  const limits = new SizeLimits();
  let position = 0;
  for (;;) {
    position = tokenStart(source, position);
    if (position >= source.length) break;
    const token = tokenAt(source, position);
    limits.count(token);
    tokens.push(token);
    position = token.end;
  }
  tokens.push({ kind: 'end', value: '', start: source.length, end: source.length });
  return tokens;
}
