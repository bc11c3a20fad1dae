import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Token } from './tokens.ts';

/** How the detail of a syntax error begins; the text with the error follows. */
export const SOURCE_DETAIL = 'source SQL:';

/**
 * Returns `at or near "x": syntax error`, whose detail is the text as the client sent it, with a caret under the token.
 */
export function syntaxError(
  { source, written = source }: { source: string; written?: string },
  token: Token,
): StatementError {
  return new StatementError(SQLSTATE.syntaxError, `at or near "${near(token)}": syntax error`, {
    detail: `${SOURCE_DETAIL}\n${withCaret(written, token.start)}`,
    tokenStart: token.start,
  });
}

/** Returns CockroachDB's error at the token where it gives up on syntax that it knows and does not implement. */
export function unimplementedSyntax(token: Token, issue?: number): StatementError {
  const link = issue === undefined ? '' : `\nSee: https://go.crdb.dev/issue-v/${issue}/v21.1`;
  return new StatementError(
    SQLSTATE.featureNotSupported,
    `at or near "${near(token)}": syntax error: unimplemented: this syntax`,
    { hint: `You have attempted to use a feature that is not yet implemented.${link}` },
  );
}

/** Returns `lexical error: …`, for a literal or comment at `position` that has no end. */
export function lexicalError(source: string, position: number, reason: string): StatementError {
  return new StatementError(SQLSTATE.syntaxError, `lexical error: ${reason}`, {
    detail: `${SOURCE_DETAIL}\n${withCaret(source, position)}`,
  });
}

/** Returns a token as error messages name it. */
export function near(token: Token): string {
  if (token.kind === 'end') return 'EOF';
  return token.kind === 'string' ? token.value.slice(1, -1) : token.value;
}

/**
 * Returns the source up to the end of the line with `position`, and a caret below. CockroachDB writes one space before
 * the caret for each byte, not character, before the position.
 */
function withCaret(source: string, position: number): string {
  const lineStart = source.lastIndexOf('\n', position - 1) + 1;
  const lineEnd = source.indexOf('\n', position);
  const spaces = ' '.repeat(Buffer.byteLength(source.slice(lineStart, position)));
  return `${source.slice(0, lineEnd < 0 ? undefined : lineEnd)}\n${spaces}^`;
}
