import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { losesExponent } from '../rewriting/decimal-constants.ts';
import { bracketDepths } from '../text/brackets.ts';
import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { checkChange } from './change-checks.ts';
import { checkSelectLists } from './select-checks.ts';

/**
 * Throws StatementError for what PostgreSQL would accept but CockroachDB refuses, and for what PostgreSQL would answer
 * differently.
 */
export function checkQuery(statement: Statement, context: Context): void {
  const { tokens } = statement;
  const { addedColumns } = context.session.transaction.schema;
  const hasRare = mentions(tokens, 'tablesample', '@', 'pg_prepared_statements');
  const isComputing = isWord(tokens[0], 'select', 'values');
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (addedColumns.size) checkAddedColumn(token, addedColumns);
    if (hasRare) checkRare(statement, i);
    if (isComputing && (token.kind === 'number' || token.kind === 'string')) checkDecimal(tokens, i);
  }
  if (isWord(tokens[0], 'select')) checkPlaceholders(statement);
  checkSelectLists(statement);
  if (isWord(tokens[0], 'insert', 'update', 'delete')) checkChange(statement, context);
}

function checkAddedColumn(token: Token, added: ReadonlySet<string>): void {
  if (isName(token) && added.has(token.value))
    throw new StatementError(SQLSTATE.undefinedColumn, `column "${token.value}" does not exist`);
}

/** Refuses a catalog, and signs, that PostgreSQL has and CockroachDB does not. */
function checkRare(statement: Statement, at: number): void {
  const token = statement.tokens[at];
  const next = statement.tokens[at + 1];
  if (isWord(token, 'pg_prepared_statements')) throw notSupported('pg_prepared_statements');
  const isSample = isWord(token, 'tablesample') && isWord(next, 'system', 'bernoulli');
  if (isSample || (isSign(token, '@') && isSign(next, '@'))) throw syntaxError(statement, next!);
}

/** Refuses `1e3 * 2` and the like: CockroachDB prints the result with an exponent. */
function checkDecimal(tokens: Token[], at: number): void {
  if (losesExponent(tokens, at)) throw notSupported('decimal constants with a positive exponent in computations');
}

/** Refuses a placeholder that is a whole item of SELECT, as in `SELECT $1`: CockroachDB cannot infer its type. */
export function checkPlaceholders({ tokens, typedParameters }: Statement): void {
  const depths = bracketDepths(tokens);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isWord(token, 'from', 'where')) return;
    if (token.kind !== 'placeholder' || depths[i] !== 0) continue;
    if (typedParameters?.has(Number(token.value.slice(1)))) continue;
    const before = tokens[i - 1];
    const next = tokens[i + 1];
    const isFirst = isWord(before, 'select');
    const isAlone = (isFirst || isSign(before, ',')) && (next?.kind === 'end' || isSign(next, ','));
    const isDivided = isSign(next, '/') && tokens[i + 2]?.kind === 'placeholder' && !isSign(tokens[i + 3], '::');
    if (isAlone || (isFirst && isDivided))
      throw new StatementError(
        SQLSTATE.indeterminateDatatype,
        `could not determine data type of placeholder ${token.value}`,
        { hint: 'consider adding explicit type casts to the placeholder arguments' },
      );
  }
}
