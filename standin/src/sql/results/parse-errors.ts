import { typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';
import { enclosingBracket } from '../text/brackets.ts';
import { lex } from '../text/lexer.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { ErrorTranslation, PostgresError } from './postgres-error.ts';

const INVALID = /^invalid input syntax for type ([\w ]+?)(?:\[\])?(?:: "([\s\S]*)")?$/;
const PARAMETER = /^(?:unnamed portal|portal ".*") parameter \$(\d+)/m;

/** Why a text is not a value of a type, in the words of CockroachDB's parsers, by the name of the type. */
const REASONS: Record<string, (value: string) => string> = {
  int: (value) => `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`,
  float: (value) => `strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`,
  bool: () => 'invalid bool value',
  uuid: (value) => `uuid: incorrect UUID ${[32, 36].includes(value.length) ? 'format' : 'length'}: ${value}`,
};

/**
 * Rewords the error about a text that is not a value of its type. When it is the value of a placeholder, CockroachDB
 * names the placeholder instead.
 */
export const invalidText: ErrorTranslation = (error, source) => {
  const [, type, value = ''] = INVALID.exec(error.message) ?? [];
  if (type === undefined) return undefined;
  const name = typeFamily(type);
  if (name === 'bytes') return unreadableBytes(source, 'bytea encoded value ends with incomplete escape sequence');
  const reason = REASONS[name]?.(value);
  const message = parseError(name, value, reason, error.detail);
  return inArgument(error, reason) ?? { code: error.code, message: placeOf(error, source) + message };
};

/** What CockroachDB calls the expressions that must be of one type, by the word before them. */
const PLACES: Record<string, string> = {
  coalesce: 'incompatible COALESCE expressions: ',
  ifnull: 'incompatible IFNULL expressions: ',
  if: 'incompatible IF expressions: ',
  then: 'incompatible value type: ',
  else: 'incompatible value type: ',
};

/** Returns what comes before the error about a constant that is not of the type of the expressions around it. */
function placeOf({ position }: PostgresError, source: string): string {
  const tokens = position === undefined ? [] : lex(source);
  const at = tokens.findIndex(({ start }) => start === position! - 1);
  if (at < 0) return '';
  const before = tokens[at - 1];
  const word = isWord(before, 'then', 'else') ? before : tokens[enclosingBracket(tokens, at) - 1];
  const isPlain = isWord(before, 'then', 'else') || isSign(before, '(') || isSign(before, ',');
  return isPlain && word?.kind === 'word' && Object.hasOwn(PLACES, word.value) ? PLACES[word.value]! : '';
}

function parseError(type: string, value: string, reason: string | undefined, detail = ''): string {
  if (type === 'inet') return `could not parse ${JSON.stringify(value)} as inet. invalid IP`;
  if (type === 'jsonb') return `could not parse JSON: unable to decode JSON: ${jsonReason(detail)}`;
  return `could not parse ${JSON.stringify(value)} as type ${type}${reason === undefined ? '' : `: ${reason}`}`;
}

/** Rewords the error about bytes that are not hexadecimal digits after `\\x`. */
export const invalidHexadecimal: ErrorTranslation = ({ message }, source) => {
  const [, digit] = /^invalid hexadecimal digit: "(.*)"$/s.exec(message) ?? [];
  if (digit !== undefined) {
    const code = digit.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return unreadableBytes(source, `encoding/hex: invalid byte: U+${code} '${digit}'`);
  }
  if (message !== 'invalid hexadecimal data: odd number of digits') return undefined;
  return unreadableBytes(source, 'encoding/hex: odd length hex string');
};

/** PostgreSQL does not tell the text: it is taken to be the first one of the statement with a backslash. */
function unreadableBytes(source: string, reason: string): ErrorFields {
  const constant = lex(source).find(({ kind, value }) => kind === 'string' && value.includes('\\'));
  const text = constant ? JSON.stringify(constant.value.slice(1, -1)) : 'value';
  return { code: SQLSTATE.invalidTextRepresentation, message: `could not parse ${text} as type bytes: ${reason}` };
}

function jsonReason(detail: string): string {
  const [, token] = /^Token "(.)/s.exec(detail) ?? [];
  return token === undefined ? 'unexpected EOF' : `invalid character '${token}' looking for beginning of value`;
}

/** Returns the error about the value of a placeholder; undefined when the value is not one's. */
function inArgument({ where = '' }: PostgresError, reason: string | undefined): ErrorFields | undefined {
  const [, number] = PARAMETER.exec(where) ?? [];
  if (number === undefined || reason === undefined) return undefined;
  return { code: SQLSTATE.protocolViolation, message: `error in argument for $${number}: ${reason}` };
}

/** Rewords the error about a placeholder's number that is too large. */
export const argumentOutOfRange: ErrorTranslation = (error) => {
  const [, value] = /^value "([\s\S]*)" is out of range for type bigint$/.exec(error.message) ?? [];
  return value === undefined
    ? undefined
    : inArgument(error, `strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`);
};

/** CockroachDB's names of the types whose values have a length, by PostgreSQL's. */
const SIZED: Record<string, string> = {
  'character varying': 'VARCHAR',
  character: 'CHAR',
  bit: 'BIT',
  'bit varying': 'VARBIT',
};

/** Rewords the errors about strings and bits that are too long, or of another length. */
export const wrongLength: ErrorTranslation = ({ code, message }) => {
  const [, before, type, size] = /^(.* type )([a-z ]+)(\(\d+\))$/.exec(message) ?? [];
  const name = SIZED[type ?? ''];
  if (name === undefined) return undefined;
  const isDefault = size === '(1)' && (name === 'CHAR' || name === 'BIT');
  return { code, message: `${before}${name}${isDefault ? '' : size}` };
};

/** Rewords the error about a text that is not a date or a time. */
export const invalidTime: ErrorTranslation = ({ code, message }) => {
  const [, type, value = ''] = INVALID.exec(message) ?? [];
  if (type === undefined) return undefined;
  if (type === 'interval') return { code, message: `could not parse ${JSON.stringify(value)} as type interval` };
  return { code, message: `parsing as type ${parsedType(type)}: could not parse ${JSON.stringify(value)}` };
};

/** CockroachDB's name for a type in an error of the parser of dates and times. */
function parsedType(type: string): string {
  return /^(?:date|timestamp|time)/.exec(type)?.[0] ?? type;
}

/** The parts of a date and a time, in the order in which they are written, with the largest value of each. */
const PARTS: [name: string, most: number][] = [
  ['year', Infinity],
  ['month', 12],
  ['day', 31],
  ['hour', 24],
  ['minute', 59],
  ['second', 60],
];

/** Rewords the error about a date or a time with a part that is out of range. */
export const timeOutOfRange: ErrorTranslation = ({ code, message }) => {
  const [, value] = /^date\/time field value out of range: "(.*)"$/.exec(message) ?? [];
  const numbers = /^\s*(\d{4,})-(\d+)-(\d+)(?:[T ]+(\d+):(\d+)(?::(\d+))?)?/.exec(value ?? '')?.slice(1) ?? [];
  if (numbers.length === 0) return undefined;
  const type = numbers[3] === undefined ? 'date' : 'timestamp';
  const wrong = PARTS.findIndex(([, most], i) => Number(numbers[i] ?? 1) > most);
  // With no part beyond its bounds it is the day that the month does not have.
  const at = wrong < 0 ? 2 : wrong;
  return {
    code,
    message: `parsing as type ${type}: field ${PARTS[at]![0]} value ${Number(numbers[at])} is out of range`,
  };
};
