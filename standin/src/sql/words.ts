import { SqlError } from '../protocol/problem.ts';
import { caret, type Token } from './lexer.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/** Words that name nothing unless quoted (cockroachlabs.com/docs/stable/sql-grammar#reserved_keyword). */
const RESERVED = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column concurrently constraint create current_catalog current_date current_role ' +
    'current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign from grant group having in ' +
    'initially intersect into lateral leading limit localtime localtimestamp not nothing null offset on only or order placing primary references returning select ' +
    'session_user some symmetric table then to trailing true union unique user using variadic view when where window with'
  ).split(' '),
);

/** Reads a statement word by word. What does not fit is CockroachDB's syntax error at that place. */
export class Words {
  readonly statement: Statement;
  at = 0;

  constructor(statement: Statement) {
    this.statement = statement;
  }

  get token(): Token {
    return this.statement.tokens[this.at] ?? this.statement.tokens.at(-1)!;
  }

  get ended(): boolean {
    return this.token.kind === 'end';
  }

  peek(offset: number): Token | undefined {
    return this.statement.tokens[this.at + offset];
  }

  /** Steps over these words in a row, or over nothing. */
  skip(...words: string[]): boolean {
    if (!words.every((word, i) => isWord(this.peek(i), word) || isSign(this.peek(i), word))) return false;
    this.at += words.length;
    return true;
  }

  /** Steps over one of these words and tells which. */
  one(...words: string[]): string | undefined {
    return words.find((word) => this.skip(word));
  }

  need(...words: string[]): void {
    for (const word of words) if (!this.skip(word)) throw this.wrong();
  }

  /** A name, quoted or not; `what` is for nothing but the reader. */
  name(): string {
    const token = this.token;
    if (token.kind !== 'word' && token.kind !== 'quoted') throw this.wrong();
    this.at++;
    return token.value;
  }

  /** A name with its qualifiers: `bank.public.accounts` gives all three. A reserved word is none. */
  path(): string[] {
    if (this.token.kind === 'word' && RESERVED.has(this.token.value)) throw this.wrong();
    const parts = [this.name()];
    while (this.skip('.')) parts.push(this.name());
    return parts;
  }

  /** The source from a token on to here. */
  from(start: number): string {
    return this.at > start ? this.statement.source.slice(this.statement.tokens[start]!.start, this.peek(-1)!.end) : '';
  }

  /** The source from here to the end, without moving. */
  rest(): string {
    return this.statement.source.slice(this.token.start);
  }

  end(): void {
    if (!this.ended) throw this.wrong();
  }

  /** CockroachDB's words for something it did not expect here. */
  wrong(offset = 0): SqlError {
    return syntaxError(this.statement, this.peek(offset) ?? this.token);
  }
}

/** `at or near "x": syntax error`, with the source and a caret as its detail. */
export function syntaxError(
  { source, written = source }: Pick<Statement, 'source' | 'written'>,
  token: Token,
): SqlError {
  const near = token.kind === 'end' ? 'EOF' : token.kind === 'string' ? token.value.slice(1, -1) : token.value;
  return new SqlError('42601', `at or near "${near}": syntax error`, {
    detail: `source SQL:\n${caret(written, token.start)}`,
  });
}
