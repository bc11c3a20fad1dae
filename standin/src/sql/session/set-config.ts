import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import type { PostgresError } from '../results/postgres-error.ts';
import { checkValue, findVariable } from './variables.ts';

/** Begins the notice with which our function `set_config` tells that a statement sets a variable. */
const MARK = '[set] ';

/** A session variable that a statement set by `set_config`. */
export interface Assignment {
  name: string;
  value: string;
}

/**
 * Returns what `set_config` assigns, as the function in PostgreSQL tells it; undefined for any other notice. Throws
 * StatementError when CockroachDB would refuse the variable or its value.
 */
export function readAssignment({ message, detail = '', hint }: PostgresError): Assignment | undefined {
  if (!message.startsWith(MARK)) return undefined;
  const name = message.slice(MARK.length);
  if (!findVariable(name) && hint === 't')
    throw refusal(SQLSTATE.featureNotSupported, `unimplemented: the configuration setting "${name}" is not supported`);
  const value = check(name, detail);
  // PostgreSQL has already answered with the value as it was given.
  if (value !== detail) throw notSupported(`set_config of "${name}" to a value that is not written '${value}'`);
  return { name, value };
}

function check(name: string, value: string): string {
  try {
    return checkValue(name, value);
  } catch (error) {
    if (error instanceof StatementError) throw refusal(error.fields.code, error.message);
    throw error;
  }
}

function refusal(code: string, message: string): StatementError {
  return new StatementError(code, `set_config(): ${message}`);
}
