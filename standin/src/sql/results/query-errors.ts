import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the error about a table in FROM that does not exist, or is not in FROM at all. */
export const unknownSource: ErrorTranslation = ({ code, message }) => {
  const [, prefix] = /^(?:missing|invalid reference to) FROM-clause entry for table "(.*)"$/.exec(message) ?? [];
  return prefix === undefined
    ? undefined
    : { code, message: `no data source matches prefix: ${prefix} in this context` };
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
