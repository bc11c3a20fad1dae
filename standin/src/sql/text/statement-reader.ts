import type { StatementError } from '../../protocol/statement-error.ts';
import type { Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';
import { isName, isSign, isWord, type Token } from './tokens.ts';

/** Words that can be a name only when quoted (cockroachlabs.com/docs/stable/sql-grammar#reserved_keyword). */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column concurrently constraint
  create current_catalog current_date current_role current_schema current_time current_timestamp current_user default
  deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect
  into lateral leading limit localtime localtimestamp not nothing null offset on only or order placing primary
  references returning select session_user some symmetric table then to trailing true union unique user using variadic
  view when where window with`.split(/\s+/),
);

/** Reads a statement token by token. Its errors are CockroachDB's syntax errors at the current token. */
export class StatementReader {
  readonly statement: Statement;
  /** Index of the next token. */
  at = 0;

  constructor(statement: Statement) {
    this.statement = statement;
  }

  /** The next token; the one of kind `end` after the last. */
  get token(): Token {
    return this.statement.tokens[this.at] ?? this.statement.tokens.at(-1)!;
  }

  get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  /** The token `offset` places after the next one. */
  peek(offset: number): Token | undefined {
    return this.statement.tokens[this.at + offset];
  }

  /** Skips these words or signs when all of them follow; returns whether they did. */
  skip(...words: string[]): boolean {
    if (!words.every((word, i) => isWord(this.peek(i), word) || isSign(this.peek(i), word))) return false;
    this.at += words.length;
    return true;
  }

  /** Skips one of these words and returns it; undefined when none follows. */
  oneOf(...words: string[]): string | undefined {
    return words.find((word) => this.skip(word));
  }

  /** Skips these words, which must follow. Throws StatementError (syntaxError). */
  expect(...words: string[]): void {
    for (const word of words) if (!this.skip(word)) throw this.syntaxError();
  }

  /** Reads a name, quoted or not. Throws StatementError (syntaxError). */
  name(): string {
    const token = this.token;
    if (!isName(token)) throw this.syntaxError();
    this.at++;
    return token.value;
  }

  /** Reads names separated by commas. Throws StatementError (syntaxError). */
  names(): string[] {
    const names = [this.name()];
    while (this.skip(',')) names.push(this.name());
    return names;
  }

  /**
   * Reads a qualified name and returns all its parts: three for `bank.public.accounts`. Throws StatementError
   * (syntaxError), also for a reserved word.
   */
  path(): string[] {
    if (this.token.kind === 'word' && RESERVED.has(this.token.value)) throw this.syntaxError();
    const parts = [this.name()];
    while (this.skip('.')) parts.push(this.name());
    return parts;
  }

  /** Reads qualified names separated by commas. Throws StatementError (syntaxError). */
  paths(): string[][] {
    const paths = [this.path()];
    while (this.skip(',')) paths.push(this.path());
    return paths;
  }

  /**
   * Reads a qualified name whose last part may be `*`, for all objects of a schema. Throws StatementError
   * (syntaxError).
   */
  pattern(): string[] {
    if (this.skip('*')) return ['*'];
    const parts = [this.name()];
    while (this.skip('.')) {
      if (this.skip('*')) return [...parts, '*'];
      parts.push(this.name());
    }
    return parts;
  }

  /** Returns the source from token `start` to the last token read. */
  sourceFrom(start: number): string {
    return this.at > start ? this.statement.source.slice(this.statement.tokens[start]!.start, this.peek(-1)!.end) : '';
  }

  /** The source that has not been read yet. */
  get rest(): string {
    return this.statement.source.slice(this.token.start);
  }

  /** Throws StatementError (syntaxError) when something follows. */
  expectEnd(): void {
    if (!this.atEnd) throw this.syntaxError();
  }

  /** Returns CockroachDB's error about an unexpected token: the next one, or the one `offset` places after it. */
  syntaxError(offset = 0): StatementError {
    return syntaxError(this.statement, this.peek(offset) ?? this.token);
  }
}
