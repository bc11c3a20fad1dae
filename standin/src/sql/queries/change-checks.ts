import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { bracketDepths, closingBracket, listItems, topLevelWord } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError, unimplementedSyntax } from '../text/syntax-error.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';

/** CockroachDB's issue about fields of columns, which a name with a dot would be. */
const COMPOSITE_COLUMNS = 27792;

/** Throws StatementError for an INSERT, UPDATE or DELETE that CockroachDB refuses and PostgreSQL may not. */
export function checkChange(statement: Statement, { session }: Context): void {
  const { tokens } = statement;
  if (isWord(tokens[0], 'insert', 'update')) checkTargets(statement);
  if (!isWord(tokens[0], 'update', 'delete')) return;
  const verb = tokens[0]!.value.toUpperCase();
  const has = (...words: string[]): boolean => topLevelWord(tokens, words) >= 0;
  if (session.variables.get('sql_safe_updates') === 'on' && !has('where', 'limit'))
    throw new StatementError(SQLSTATE.warning, `rejected (sql_safe_updates = true): ${verb} without WHERE clause`);
  if (has('order') && !has('limit'))
    throw new StatementError(SQLSTATE.syntaxError, `${verb} statement requires LIMIT when ORDER BY is used`);
  const isJoin = tokens.some((token, i) => i !== 1 && isWord(token, 'using', 'from'));
  if (isJoin && has('limit', 'order')) throw notSupported(`${verb} of a join with ORDER BY or LIMIT`);
}

/** Checks the columns that are written: `INSERT INTO t (a, b)`, and those after SET. */
function checkTargets(statement: Statement): void {
  const { tokens } = statement;
  if (isWord(tokens[0], 'insert')) {
    const open = tokens.findIndex((token) => isSign(token, '('));
    const before = tokens.slice(0, open + 2);
    if (open > 0 && !before.some((token) => isWord(token, 'values', 'select', 'with', 'default', 'table')))
      checkNames(tokens, open);
  }
  const set = topLevelWord(tokens, ['set']);
  if (set < 0) return;
  const depths = bracketDepths(tokens);
  const stop = topLevelWord(tokens, ['from', 'where', 'order', 'limit', 'returning'], set);
  for (let i = set; i < (stop < 0 ? tokens.length - 1 : stop); i++)
    if (i === set || (depths[i] === 0 && isSign(tokens[i], ','))) checkAssignment(statement, i + 1);
}

function checkAssignment(statement: Statement, at: number): void {
  const { tokens } = statement;
  if (!isSign(tokens[at], '(')) return checkName(tokens, at);
  checkNames(tokens, at);
  const values = closingBracket(tokens, at) + 2;
  if (isWord(tokens[values], 'row') && isSign(tokens[values - 1], '=')) throw syntaxError(statement, tokens[values]!);
  if (!isSign(tokens[values - 1], '=') || !isSign(tokens[values], '(')) return;
  if (isWord(tokens[values + 1], 'select', 'with', 'values', 'table') || isSign(tokens[values + 1], '(')) return;
  const wanted = listItems(tokens, at).items.length;
  const given = listItems(tokens, values).items.length;
  if (wanted !== given)
    throw new StatementError(
      SQLSTATE.syntaxError,
      `number of columns (${wanted}) does not match number of values (${given})`,
    );
}

function checkNames(tokens: Token[], open: number): void {
  for (const { from } of listItems(tokens, open).items) checkName(tokens, from);
}

function checkName(tokens: Token[], at: number): void {
  if (isName(tokens[at]) && isSign(tokens[at + 1], '.')) throw unimplementedSyntax(tokens[at + 2]!, COMPOSITE_COLUMNS);
}
