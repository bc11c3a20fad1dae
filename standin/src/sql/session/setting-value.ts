import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { bracketDepths } from '../text/brackets.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';

/** A value of SET, and of which kind it is: a name and a string are both text. */
export interface SettingValue {
  text: string;
  kind: 'text' | 'number' | 'bool';
}

/**
 * Reads the rest of the statement: one value, or several, which are joined by commas. Strings lose their quotes. Throws
 * StatementError.
 */
export function readValue(reader: StatementReader): string {
  const values = splitValues(reader).map(constant);
  if (values.some((value) => value === undefined)) throw notSupported('SET to an expression');
  return values.map((value) => value!.text).join(',');
}

/**
 * Reads the rest of the statement: the values of a variable, which may be expressions. The returned function evaluates
 * them. Throws StatementError.
 *
 *     SET application_name = 'a' || 'b'
 */
export function readValues(reader: StatementReader): (context: Context) => Promise<SettingValue[]> {
  const values = splitValues(reader);
  return async (context) => {
    const evaluated: SettingValue[] = [];
    for (const value of values) evaluated.push(constant(value) ?? (await evaluate(value, context)));
    return evaluated;
  };
}

/** Splits the rest of the statement at its commas outside brackets. Throws StatementError. */
function splitValues(reader: StatementReader): Statement[] {
  const { statement } = reader;
  const { tokens } = statement;
  const depths = bracketDepths(tokens);
  const values: Statement[] = [];
  let from = reader.at;
  for (; !reader.atEnd; reader.at++) {
    if (reader.token.kind === 'placeholder') throw notSupported('SET with a placeholder');
    if (!isSign(reader.token, ',') || depths[reader.at] !== 0) continue;
    if (reader.at === from) throw reader.syntaxError();
    values.push(substatement(statement, from, reader.at));
    from = reader.at + 1;
  }
  if (reader.at === from) throw reader.syntaxError();
  return [...values, substatement(statement, from, reader.at)];
}

/** Returns a value of one token, or of a number with its sign; undefined for any other expression. */
function constant({ tokens }: Statement): SettingValue | undefined {
  const isNegative = isSign(tokens[0], '-') && tokens[1]?.kind === 'number';
  const [token, next] = isNegative ? tokens.slice(1) : tokens;
  if (next?.kind !== 'end' || token === undefined) return undefined;
  const { kind, value } = token;
  if (kind === 'string') return { text: value.slice(1, -1).replaceAll("''", "'"), kind: 'text' };
  if (kind === 'number') return { text: `${isNegative ? '-' : ''}${value}`, kind: 'number' };
  if (kind === 'quoted') return { text: value, kind: 'text' };
  if (kind !== 'word' || isWord(token, 'current_timestamp', 'current_date', 'current_user')) return undefined;
  return { text: value, kind: isWord(token, 'true', 'false') ? 'bool' : 'text' };
}

/** Has PostgreSQL evaluate an expression. Throws StatementError. */
async function evaluate(value: Statement, context: Context): Promise<SettingValue> {
  if (value.tokens.some((token) => isWord(token, 'select', 'exists', 'table', 'values')))
    throw new StatementError(SQLSTATE.featureNotSupported, 'subqueries are not allowed in SET');
  const [[type = '', text = null] = []] = await context.query(
    `SELECT pg_catalog.pg_typeof(x), x::pg_catalog.text
    FROM (SELECT ${rewriteForPostgres(value, context).apply()}) AS given (x)`,
  );
  const kind = type === 'boolean' ? 'bool' : /^(?:bigint|integer|numeric|double)/.test(type ?? '') ? 'number' : 'text';
  return { text: text ?? '', kind };
}
