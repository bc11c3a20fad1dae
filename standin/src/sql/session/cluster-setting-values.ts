import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Token } from '../text/tokens.ts';
import { printDuration, readDuration } from './durations.ts';

/** The types of cluster settings, by the letters of crdb_internal.cluster_settings. */
export type SettingType = 'b' | 'i' | 'f' | 'd' | 's' | 'e' | 'z' | 'm';

/** The names of types in CockroachDB's messages about a setting's value; a size and a version are strings. */
const TYPE_NAMES = { b: 'bool', i: 'int', f: 'float', d: 'interval', s: 'string', z: 'string', m: 'string' };

/** The values of settings that take one of a list; a number chooses by place. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'kv.allocator.load_based_rebalancing': ['off', 'leases', 'leases and replicas'],
  'security.ocsp.mode': ['off', 'lax', 'strict'],
  'sql.defaults.distsql': ['off', 'auto', 'on', 'always'],
  'sql.defaults.experimental_distsql_planning': ['off', 'on'],
  'sql.defaults.experimental_new_schema_changer.enabled': ['off', 'on', 'unsafe_always'],
  'sql.defaults.serial_normalization': ['rowid', 'virtual_sequence', 'sql_sequence', 'sql_sequence_cached'],
  'sql.defaults.vectorize': ['on', 'on', 'on', 'experimental_always', 'off'],
};

/**
 * Returns the value that a token of SET CLUSTER SETTING gives a setting, as crdb_internal.cluster_settings shows it.
 * Throws StatementError for a value of another type.
 */
export function readSettingValue(name: string, type: SettingType, token: Token, negative: boolean): string {
  const text = token.kind === 'string' ? token.value.slice(1, -1).replaceAll("''", "'") : token.value;
  const given = constantType(token, negative);
  if (type === 'e') return readChoice(name, text);
  const wanted = TYPE_NAMES[type];
  const isNumber = given === 'int' || given === 'decimal';
  const fits = given === 'string' || given === wanted || (wanted === 'float' && isNumber);
  if (!fits)
    throw new StatementError(
      SQLSTATE.datatypeMismatch,
      `argument of SET CLUSTER SETTING ${name} must be type ${wanted}, not type ${given}`,
    );
  return READERS[type]((negative ? '-' : '') + text);
}

/** The type of a constant; a word that is not a boolean stands for a string, as in every SET. */
function constantType(token: Token, negative: boolean): string {
  if (token.kind === 'number') return /^\d+$/.test(token.value) ? 'int' : 'decimal';
  if (negative) return 'unknown';
  return token.kind === 'word' && /^(true|false)$/.test(token.value) ? 'bool' : 'string';
}

const READERS: Record<Exclude<SettingType, 'e'>, (text: string) => string> = {
  b: readBool,
  i: (text) => (/^[-+]?\d+$/.test(text.trim()) ? String(BigInt(text.trim())) : fail(text, 'int', parseInt64(text))),
  f: (text) => (Number.isNaN(Number(text)) || text === '' ? fail(text, 'float', parseFloat64(text)) : text),
  d: readInterval,
  z: readSize,
  s: (text) => text,
  m: (text) => text,
};

const parseInt64 = (text: string): string => `strconv.ParseInt: parsing "${text}": invalid syntax`;
const parseFloat64 = (text: string): string => `strconv.ParseFloat: parsing "${text}": invalid syntax`;

function fail(text: string, type: string, why: string): never {
  throw new StatementError(SQLSTATE.invalidTextRepresentation, `could not parse "${text}" as type ${type}: ${why}`);
}

function readBool(text: string): string {
  if (/^(?:t|true|on|y|yes|1)$/i.test(text)) return 'true';
  if (/^(?:f|false|off|n|no|0)$/i.test(text)) return 'false';
  return fail(text, 'bool', 'invalid bool value');
}

function readChoice(name: string, text: string): string {
  const choices = CHOICES[name] ?? [];
  const choice = /^\d+$/.test(text) ? choices[Number(text)] : choices.find((each) => each === text.toLowerCase());
  if (choice !== undefined) return choice;
  const kind = /^\d+$/.test(text) ? 'integer' : 'string';
  throw new StatementError(SQLSTATE.uncategorized, `invalid ${kind} value '${text}' for enum setting`);
}

function readInterval(text: string): string {
  const ms = readDuration(text, 's');
  if (ms === undefined) return fail(text, 'interval', `interval: missing unit at position 0: "${text}"`);
  return printDuration(ms);
}

const SIZE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Returns a number of bytes as CockroachDB prints it: `64MB` is `61 MiB`. */
function readSize(text: string): string {
  const [, number, unit = '', binary = ''] = /^([\d.]+)\s*([kmgtpe]?)(i?)b?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return fail(text, 'size', parseFloat64(text));
  const power = unit === '' ? 0 : 'kmgtpe'.indexOf(unit.toLowerCase()) + 1;
  return printSize(Number(number) * (binary === '' ? 1000 : 1024) ** power);
}

function printSize(bytes: number): string {
  const power = bytes < 10 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024));
  if (power === 0) return `${bytes} B`;
  const value = Math.floor((bytes / 1024 ** power) * 10 + 0.5) / 10;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${SIZE_UNITS[power]}`;
}
