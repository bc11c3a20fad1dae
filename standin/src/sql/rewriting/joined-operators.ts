import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import type { Token } from '../text/tokens.ts';

/** The characters of PostgreSQL's operators (postgresql.org/docs/18/sql-createoperator.html). */
const OPERATOR = /^[-+*/<>=~!@#%^&|`?]+$/;

/**
 * Puts a space between two operators that PostgreSQL would read as one (cockroachlabs.com/docs/stable/
 * functions-and-operators#operators).
 *
 *     SELECT 2^-1, 7%-b
 *     SELECT 2^ -1, 7% -b
 */
export function separateOperators({ tokens }: Statement, edits: TextEdits): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (next?.start === token.end && isOperator(token) && isOperator(next)) edits.insert(token.end, ' ');
  }
}

function isOperator({ kind, value }: Token): boolean {
  return kind === 'sign' && OPERATOR.test(value);
}
