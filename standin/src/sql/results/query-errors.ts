import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { lex } from '../text/lexer.ts';
import { isName, isSign, type Token } from '../text/tokens.ts';
import type { ErrorTranslation, PostgresError } from './postgres-error.ts';

/** Rewords the error about a table in FROM that does not exist, or is not in FROM at all. */
export const unknownSource: ErrorTranslation = (error, source) => {
  const { code, message, position } = error;
  const [, prefix] = /^(?:missing|invalid reference to) FROM-clause entry for table "(.*)"$/.exec(message) ?? [];
  if (prefix === undefined) return undefined;
  const tokens = position === undefined ? [] : lex(source);
  const at = tokens.findIndex(({ start }) => start === position! - 1);
  const isPattern = at >= 0 && isSign(tokens[at + 1], '.') && isSign(tokens[at + 2], '*');
  const told = isPattern ? `pattern: ${prefix}.*` : `prefix: ${prefix} in this context`;
  return { code, message: `no data source matches ${told}` };
};

/** Rewords the error about two tables in FROM with one name. */
export const duplicateSource: ErrorTranslation = ({ code, message }) => {
  const [, name] = /^table name "(.*)" specified more than once$/.exec(message) ?? [];
  return name === undefined
    ? undefined
    : { code, message: `source name "${name}" specified more than once (missing AS clause)` };
};

/** Rewords the error about a column that is neither grouped nor in an aggregate. */
export const groupingError: ErrorTranslation = ({ code, message }) => {
  const [, column] = /^column "(?:.*\.)?(.*)" must appear in the GROUP BY clause/.exec(message) ?? [];
  return column === undefined
    ? undefined
    : { code, message: `column "${column}" must appear in the GROUP BY clause or be used in an aggregate function` };
};

/** Rewords the error about a negative LIMIT or OFFSET. */
export const negativeLimit: ErrorTranslation = ({ code, message }) => ({
  code,
  message: `negative value for ${message.startsWith('OFFSET') ? 'OFFSET' : 'LIMIT'}`,
});

/** Rewords the error about an empty array that nothing gives a type. */
export const emptyArray: ErrorTranslation = ({ code, message }) =>
  message === 'cannot determine type of empty array'
    ? { code, message: `${message}. Consider annotating with the desired type, for example ARRAY[]:::int[]` }
    : undefined;

/**
 * Rewords the error about two collations in one operation. To CockroachDB these are two types that have no operator in
 * common; PostgreSQL does not tell which operator it was.
 */
export const collationMismatch: ErrorTranslation = ({ message }) => {
  const [, first, second] = /"(.*)-x-icu" and "(.*)-x-icu"$/.exec(message) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const type = (collation: string): string => `<collatedstring{${collation.replaceAll('-', '_')}}>`;
  return {
    code: SQLSTATE.invalidParameterValue,
    message: `unsupported comparison operator: ${type(first)} with ${type(second)}`,
  };
};

/** Rewords the error about a LIMIT that reads a column: to CockroachDB there are no columns. */
export const variableLimit: ErrorTranslation = (error, source) => {
  if (!/^argument of (?:LIMIT|OFFSET|FETCH FIRST) must not contain variables$/.test(error.message)) return undefined;
  const name = nameAt(error, source);
  return name === undefined
    ? undefined
    : { code: SQLSTATE.undefinedColumn, message: `column "${name}" does not exist` };
};

/** Rewords errors of the parser about a star without a table, and about what a list may not hold. */
export const unusableItem: ErrorTranslation = (error, source) => {
  const { code, message } = error;
  if (message.startsWith('SELECT * with no tables'))
    return { code: SQLSTATE.invalidName, message: 'cannot use "*" without a FROM clause' };
  const [constant] = /^non-integer constant in (?:ORDER BY|GROUP BY|DISTINCT ON)$/.exec(message) ?? [];
  const token = constant === undefined ? undefined : tokenAt(error, source);
  return token && { code, message: `${constant}: ${token.value}` };
};

/** Rewords errors about functions in places that are not for them, which PostgreSQL calls by other words. */
export const misplacedFunction: ErrorTranslation = (error, source) => {
  const { code, message } = error;
  const [, place] = /^set-returning functions are not allowed in (.*)$/.exec(message) ?? [];
  if (place !== undefined) {
    const name = nameAt(error, source);
    const rule = `generator functions are not allowed in ${place}`;
    return { code, message: name === undefined ? rule : `${name}(): ${rule}` };
  }
  const [, plain] = /^OVER specified, but (.*) is not a window function nor an aggregate function$/.exec(message) ?? [];
  if (plain !== undefined)
    return { code, message: `OVER specified, but ${plain}() is neither a window function nor an aggregate function` };
  const [, filtered] = /^FILTER specified, but (.*) is not an aggregate function$/.exec(message) ?? [];
  if (filtered !== undefined)
    return { code, message: `FILTER specified but ${filtered}() is not an aggregate function` };
  const [, window] = /^window function (.*) requires an OVER clause$/.exec(message) ?? [];
  return window === undefined ? undefined : { code, message: `window function ${window}() requires an OVER clause` };
};

/** Rewords the errors about the number that `ntile` or `nth_value` gets. */
export const windowArgument: ErrorTranslation = ({ code, message }) => ({
  code,
  message: message.replace(/^argument of (ntile|nth_value) must/, 'argument of $1() must'),
});

/** Rewords the errors about a locked query that has no rows to lock. */
export const lockedQuery: ErrorTranslation = ({ code, message }) => {
  const [, lock] = /^(FOR .*) cannot be applied to VALUES$/.exec(message) ?? [];
  return lock === undefined ? undefined : { code, message: `${lock} is not allowed with VALUES` };
};

/** Rewords errors about the queries of WITH. */
export const withQueryError: ErrorTranslation = ({ code, message }) => {
  const [, twice] = /^WITH query name "(.*)" specified more than once$/.exec(message) ?? [];
  if (twice !== undefined) return { code, message: `WITH query name ${twice} specified more than once` };
  const [, few, counts] =
    /^WITH query "(.*)" has (\d+ columns available but \d+ columns specified)$/.exec(message) ?? [];
  if (few !== undefined) return { code, message: `source "${few}" has ${counts}` };
  const [, silent] = /^WITH query "(.*)" does not have a RETURNING clause$/.exec(message) ?? [];
  return silent === undefined ? undefined : { code, message: `WITH clause "${silent}" does not return any columns` };
};

/** Returns the token that an error points at. */
function tokenAt({ position }: PostgresError, source: string): Token | undefined {
  return position === undefined ? undefined : lex(source).find(({ start }) => start === position - 1);
}

/** Returns the last part of the name that an error points at. */
function nameAt({ position }: PostgresError, source: string): string | undefined {
  const tokens = position === undefined ? [] : lex(source);
  let at = tokens.findIndex(({ start }) => start === position! - 1);
  while (isSign(tokens[at + 1], '.') && isName(tokens[at + 2])) at += 2;
  return isName(tokens[at]) ? tokens[at]!.value : undefined;
}
