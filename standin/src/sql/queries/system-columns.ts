import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { closingBracket, enclosingBracket } from '../text/brackets.ts';
import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** Columns that every table has in PostgreSQL, and none in CockroachDB; `tableoid` is in both. */
const SYSTEM_COLUMNS = ['ctid', 'xmin', 'xmax', 'cmin', 'cmax'];

/**
 * Throws StatementError (undefinedColumn) for a system column of PostgreSQL in a client's statement, unless the
 * statement gives something this name.
 *
 *     SELECT ctid FROM t                            column "ctid" does not exist
 *     SELECT xmin FROM (SELECT 1 AS xmin) AS t      1
 */
export function refuseSystemColumns({ tokens }: Statement): void {
  if (!mentions(tokens, ...SYSTEM_COLUMNS) || isWord(tokens[0], 'create', 'alter')) return;
  const given = new Set<string>();
  for (const [i, token] of tokens.entries()) if (isName(token) && givesName(tokens, i)) given.add(token.value);
  for (const [i, { kind, value }] of tokens.entries()) {
    const isColumn = (kind === 'word' || kind === 'quoted') && SYSTEM_COLUMNS.includes(value);
    if (!isColumn || given.has(value) || isSign(tokens[i + 1], '(') || isSign(tokens[i + 1], '.')) continue;
    throw new StatementError(SQLSTATE.undefinedColumn, `column "${value}" does not exist`);
  }
}

/** Whether a name is given at that token: after AS, or in the columns of `AS t (a)` or `WITH t (a) AS`. */
function givesName(tokens: readonly Token[], at: number): boolean {
  if (isWord(tokens[at - 1], 'as')) return true;
  const open = enclosingBracket(tokens, at);
  return isWord(tokens[open - 2], 'as') || (open > 0 && isWord(tokens[closingBracket(tokens, open) + 1], 'as'));
}
