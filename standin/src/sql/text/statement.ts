import { lex } from './lexer.ts';
import { isSign, type Token } from './tokens.ts';

/** One statement, without its semicolon. */
export interface Statement {
  /**
   * The text that may go to PostgreSQL, with nothing but spaces between tokens. Comments and line feeds mean different
   * things to the two databases: what one of them takes for a comment, the other would run.
   */
  source: string;
  /**
   * The text as the client sent it, for error messages, with each token at the same position; undefined when it equals
   * `source`.
   */
  written?: string;
  /** The last one is of kind `end`. */
  tokens: Token[];
  /** Whether it is the definition of a column: its second token is a type. */
  definesColumn?: boolean;
  /** Whether it is only explained, so that its rows need no order. */
  isExplained?: boolean;
  /** The numbers of the parameters whose type the client gave. */
  typedParameters?: ReadonlySet<number>;
  /** Whether a part of it is already PostgreSQL's SQL: then only what means the same in both may be rewritten. */
  translated?: boolean;
}

/** Returns the statements of a text, without empty ones. Throws StatementError (syntaxError) as the lexer does. */
export function splitStatements(source: string): Statement[] {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  for (const token of lex(source)) {
    if (token.kind !== 'end' && !isSign(token, ';')) {
      tokens.push(token);
      continue;
    }
    if (tokens.length) statements.push(withSpacesOnly(source, tokens));
    tokens = [];
  }
  return statements;
}

/** Returns the first statement of a text that the stand-in composed; an empty statement when there is none. */
export function parseStatement(source: string): Statement {
  return splitStatements(source)[0] ?? { source: '', tokens: [endAt(0)] };
}

/** Returns the tokens from index `from` up to but not including `to` as a statement of its own. */
export function substatement({ source, tokens }: Statement, from: number, to: number): Statement {
  const start = tokens[from]!.start;
  const end = to > from ? tokens[to - 1]!.end : start;
  return {
    source: source.slice(start, end),
    tokens: [...movedBack(tokens.slice(from, to), start), endAt(end - start)],
  };
}

function withSpacesOnly(text: string, tokens: Token[]): Statement {
  const from = tokens[0]!.start;
  const to = tokens.at(-1)!.end;
  const moved = movedBack(tokens, from);
  const written = text.slice(from, to);
  let source = '';
  for (const { start, end } of moved) source += ' '.repeat(start - source.length) + written.slice(start, end);
  return { source, written, tokens: [...moved, endAt(to - from)] };
}

function movedBack(tokens: Token[], by: number): Token[] {
  return by === 0 ? tokens : tokens.map((token) => ({ ...token, start: token.start - by, end: token.end - by }));
}

function endAt(position: number): Token {
  return { kind: 'end', value: '', start: position, end: position };
}
