import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import { VARIABLES, type Variable } from './variable-list.ts';

/** PostgreSQL cancels a statement after this time, whatever the client sets. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Returns the variable with this name in lower case; undefined when there is none. */
export function findVariable(name: string): Variable | undefined {
  return Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
}

/** Returns the error about a variable that does not exist. */
export function unknownVariable(name: string): StatementError {
  return new StatementError(SQLSTATE.undefinedObject, `unrecognized configuration parameter "${name}"`);
}

/**
 * Returns the variable's value as it is stored and shown. Throws StatementError when the variable does not accept it.
 */
export function checkValue(name: string, value: string): string {
  const variable = findVariable(name);
  if (!variable) throw unknownVariable(name);
  switch (variable.accepts) {
    case 'bool':
      return readBool(name, value);
    case 'int':
      if (name === 'default_int_size' && value !== '8' && value !== '4')
        throw notSupported('default_int_size other than 4 and 8');
      if (!/^-?\d+$/.test(value)) throw invalidValue(`parameter "${name}" requires an integer value`);
      return value;
    case 'duration':
      return readMilliseconds(name, value);
    case 'fixed':
      if (name !== 'row_security' && value.toLowerCase() !== variable.value)
        throw onlyForCompatibility(name, value, variable.value);
      return variable.value;
    case 'read-only':
      throw new StatementError(SQLSTATE.cantChangeRuntimeParam, `parameter "${name}" cannot be changed`);
    case 'isolation':
      return 'serializable';
    case 'encoding':
      if (!['utf8', 'unicode', 'cp65001'].includes(encodingName(value)))
        throw unimplemented(`unimplemented client encoding: "${encodingName(value)}"`);
      return 'UTF8';
    case 'text':
    case 'path':
      return value;
  }
}

/** Returns an encoding's letters and digits, which alone count: asyncpg sends `'utf-8'`, with the quotes. */
function encodingName(value: string): string {
  return value.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function readBool(name: string, value: string): string {
  if (/^(on|true|t|yes|1)$/i.test(value)) return 'on';
  if (/^(off|false|f|no|0)$/i.test(value)) return 'off';
  throw invalidValue(`parameter "${name}" requires a Boolean value`);
}

const UNIT_MS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 };

/** Returns a duration in whole milliseconds; a number without a unit means milliseconds. */
function readMilliseconds(name: string, value: string): string {
  const [, number, unit = 'ms'] = /^(\d+)\s*(us|ms|s|min|m|h)?$/.exec(value.trim()) ?? [];
  if (number === undefined) throw invalidValue(`invalid value for parameter "${name}": "${value}"`);
  return String(Math.round(Number(number) * UNIT_MS[unit]!));
}

function invalidValue(message: string): StatementError {
  return new StatementError(SQLSTATE.invalidParameterValue, message);
}

function onlyForCompatibility(name: string, value: string, available: string): StatementError {
  return new StatementError(SQLSTATE.invalidParameterValue, `invalid value for parameter "${name}": "${value}"`, {
    hint: `Available values: ${available}`,
    detail: 'this parameter is currently recognized only for compatibility and has no effect in CockroachDB.',
  });
}

/**
 * Returns the variables of a startup message. Unknown ones are left out, as in CockroachDB. Throws StatementError for a
 * value that its variable does not accept.
 */
export function startVariables(parameters: Map<string, string>): Map<string, string> {
  const given = [...parameters].filter(([name]) => !['user', 'database', 'options'].includes(name));
  for (const [, name, value] of (parameters.get('options') ?? '').matchAll(/-c\s*(\w+)=(\S+)/g))
    given.push([name!, value!]);
  const variables = new Map<string, string>();
  for (const [written, value] of given) {
    const name = written.toLowerCase();
    const variable = findVariable(name);
    if (variable && variable.accepts !== 'read-only') variables.set(name, checkValue(name, value));
  }
  return variables;
}

/**
 * Returns the statement that sets a variable in PostgreSQL; undefined for most variables, which have no effect there.
 */
export function settingForPostgres(name: string, value: string): string | undefined {
  if (name === 'search_path') {
    const schemas = value.split(',').map((part) => part.trim());
    const list = schemas.map((schema) => (schema === '$user' ? '"$user"' : quoteText(schema)));
    return `SET search_path = ${list.join(', ')}, crdb, pg_catalog, pg_extension`;
  }
  if (name === 'statement_timeout') {
    const timeoutMs = value === '0' ? STATEMENT_TIMEOUT_MS : Math.min(Number(value), STATEMENT_TIMEOUT_MS);
    return `SET statement_timeout = ${timeoutMs}`;
  }
  return findVariable(name)?.isForPostgres ? `SET ${name} = ${quoteText(value)}` : undefined;
}
