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
