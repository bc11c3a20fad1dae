import { notHere, SqlError } from '../protocol/problem.ts';
import type { Context } from './plan.ts';
import { isSign, isWord, type Statement } from './statement.ts';
import { syntaxError } from './words.ts';

/** What CockroachDB refuses, or the stand-in cannot answer truly, though PostgreSQL would answer it. */
export function checkQuery(statement: Statement, context: Context): void {
  const { tokens } = statement;
  const { addedColumns } = context.session.transaction;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (isWord(token, 'as') && isWord(next, 'of') && isWord(tokens[i + 2], 'system'))
      throw notHere('AS OF SYSTEM TIME: it keeps no history');
    if (addedColumns.size && (token.kind === 'word' || token.kind === 'quoted') && addedColumns.has(token.value))
      throw new SqlError('42703', `column "${token.value}" does not exist`);
    if (isWord(token, 'tablesample') && isWord(next, 'system', 'bernoulli')) throw syntaxError(statement, next!);
    if (isSign(token, '@') && isSign(next, '@')) throw syntaxError(statement, next!);
    if (isWord(token, 'pg_prepared_statements')) throw notHere('pg_prepared_statements');
    if (
      token.kind === 'number' &&
      /^\d[\d.]*[eE]/.test(token.value) &&
      !isSign(next, '::') &&
      isWord(tokens[0], 'select', 'values')
    )
      throw notHere('decimal constants with an exponent');
  }
  if (isWord(tokens[0], 'select')) barePlaceholder(statement);
  if (isWord(tokens[0], 'update', 'delete')) checkChange(statement, context);
}

/** `SELECT $1` says nothing of its type. */
function barePlaceholder({ tokens }: Statement): void {
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'from', 'where')) return;
    const alone =
      (isWord(tokens[i - 1], 'select') || isSign(tokens[i - 1], ',')) &&
      (tokens[i + 1]?.kind === 'end' || isSign(tokens[i + 1], ','));
    const divided = isSign(tokens[i + 1], '/') && tokens[i + 2]?.kind === 'placeholder' && !isSign(tokens[i + 3], '::');
    if (token.kind !== 'placeholder' || !(alone || divided)) continue;
    if (isWord(tokens[i - 1], 'select') || alone)
      throw new SqlError('42P18', `could not determine data type of placeholder ${token.value}`, {
        hint: 'consider adding explicit type casts to the placeholder arguments',
      });
  }
}

function checkChange({ tokens }: Statement, { session }: Context): void {
  const verb = tokens[0]!.value.toUpperCase();
  const top = (word: string): boolean => {
    let depth = 0;
    return tokens.some((token) => {
      if (isSign(token, '(')) depth++;
      if (isSign(token, ')')) depth--;
      return depth === 0 && isWord(token, word);
    });
  };
  if (session.variables.get('sql_safe_updates') === 'on' && !top('where') && !top('limit'))
    throw new SqlError('01000', `rejected (sql_safe_updates = true): ${verb} without WHERE clause`);
  if ((top('limit') || top('order')) && tokens.some((token) => isWord(token, 'using', 'from') && token !== tokens[1]))
    throw notHere(`${verb} of a join with ORDER BY or LIMIT`);
}
