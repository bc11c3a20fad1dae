/**
 * The kinds of tokens of CockroachDB's SQL (cockroachlabs.com/docs/stable/sql-constants, keywords-and-identifiers).
 * `word` is an unquoted name or keyword, `bytes` a b'…' or x'…' literal, `bits` a B'…' literal.
 */
export type TokenKind =
  'word' | 'quoted' | 'string' | 'escape' | 'bytes' | 'bits' | 'dollar' | 'number' | 'placeholder' | 'sign' | 'end';

/** One token of a text. */
export interface Token {
  kind: TokenKind;
  /**
   * Lower case for a word, without quotes for a quoted name, joined for a string of several parts; otherwise as
   * written.
   */
  value: string;
  /** Where it begins, from 0, in UTF-16 code units. */
  start: number;
  /** Where it ends, exclusive. */
  end: number;
}

/** Whether the token is that sign. */
export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.value === sign;
}

/** Whether the token is one of these words, unquoted; words in lower case. */
export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value);
}

/** Whether the token can be a name, quoted or not. */
export function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quoted';
}
