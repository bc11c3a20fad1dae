import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import { readDuration } from './durations.ts';
import { VARIABLES, type Variable } from './variable-list.ts';

/** PostgreSQL cancels a statement after this time, whatever the client sets: later than any step of a page ends. */
const STATEMENT_TIMEOUT_MS = 660_000;
/** PostgreSQL ends a session that is idle in a transaction after this time, whatever the client sets. */
const IDLE_TIMEOUT_MS = 600_000;

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
  const checked = readValue(name, variable, value);
  if (variable.refuses?.(checked)) throw notSupported(`SET ${name} = ${quoteText(checked)}`);
  return checked;
}

function readValue(name: string, variable: Variable, value: string): string {
  switch (variable.accepts) {
    case 'bool':
      return readBool(name, value);
    case 'int':
      return readInteger(name, value, variable.range!);
    case 'choice':
      return readChoice(name, value, variable.choices!);
    case 'duration':
      return readMilliseconds(name, value);
    case 'fixed':
      return readFixed(name, value, variable);
    case 'read-only':
      throw new StatementError(SQLSTATE.cantChangeRuntimeParam, `parameter "${name}" cannot be changed`);
    case 'isolation':
      // Only the default takes the names of other levels, all of which mean this one.
      if (
        !/^(read (un)?committed|snapshot|repeatable read|serializable|default)$/i.test(value) ||
        (name === 'transaction_isolation' && value.toLowerCase() !== 'serializable')
      )
        throw unavailable(name, value, 'serializable');
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

function readFixed(name: string, value: string, { value: only, choices = [only] }: Variable): string {
  const accepts = name === 'row_security' ? readBool(name, value) !== '' : choices.includes(value.toLowerCase());
  const isOn = only === 'on' && /^(true|yes)$/i.test(value);
  if (!accepts && !isOn) throw onlyForCompatibility(SHOWN_NAMES[name] ?? name, value, only);
  return only;
}

/** The names that messages have of variables, where they differ. */
const SHOWN_NAMES: Readonly<Record<string, string>> = { datestyle: 'DateStyle', intervalstyle: 'IntervalStyle' };

function readChoice(name: string, value: string, choices: readonly string[]): string {
  const choice = value.toLowerCase();
  if (choices.includes(choice)) return choice;
  if (name === 'client_min_messages')
    throw new StatementError(SQLSTATE.invalidParameterValue, `${value} is not supported`, {
      hint: `Valid severities are: ${choices.join(', ')}.`,
    });
  throw unavailable(name, value, choices.join(', '));
}

function readInteger(name: string, value: string, [least, greatest]: readonly [number, number]): string {
  if (!/^-?\d+$/.test(value)) throw invalidValue(`parameter "${name}" requires an integer value`);
  if (name === 'default_int_size' && value !== '8' && value !== '4')
    throw invalidValue('only 4 or 8 are supported by default_int_size');
  if (greatest === Infinity && Number(value) < least)
    throw invalidValue(`cannot set ${name} to a negative value: ${value}`);
  if (Number(value) < least || Number(value) > greatest)
    throw invalidValue(`${value} is outside the valid range for parameter "${name}" (${least} .. ${greatest})`);
  return value;
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

/** Returns a duration in whole milliseconds; a number without a unit means milliseconds. */
function readMilliseconds(name: string, value: string): string {
  const ms = readDuration(value, 'ms');
  if (ms === undefined) throw invalidValue(`invalid value for parameter "${name}": "${value}"`);
  return String(Math.round(ms));
}

function invalidValue(message: string): StatementError {
  return new StatementError(SQLSTATE.invalidParameterValue, message);
}

function unavailable(name: string, value: string, available: string): StatementError {
  return new StatementError(SQLSTATE.invalidParameterValue, `invalid value for parameter "${name}": "${value}"`, {
    hint: `Available values: ${available}`,
  });
}

function onlyForCompatibility(name: string, value: string, available: string): StatementError {
  return StatementError.of({
    ...unavailable(name, value, available).fields,
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
  if (name === 'idle_in_transaction_session_timeout') {
    const timeoutMs = value === '0' ? IDLE_TIMEOUT_MS : Math.min(Number(value), IDLE_TIMEOUT_MS);
    return `SET idle_in_transaction_session_timeout = ${timeoutMs}`;
  }
  return findVariable(name)?.isForPostgres ? `SET ${name} = ${quoteText(value)}` : undefined;
}
