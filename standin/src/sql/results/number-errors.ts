import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** PostgreSQL's messages about numbers that do not fit, and CockroachDB's (its pkg/sql/sem/tree, v21.1). */
const MESSAGES = new Map([
  ['bigint out of range', 'integer out of range'],
  ['integer out of range', 'integer out of range for type int4'],
  ['smallint out of range', 'integer out of range for type int2'],
  ['value out of range: overflow', 'float out of range'],
]);
const TEXT = /^(?:value )?"([\s\S]*)" is out of range for type (bigint|integer|smallint|double precision|real)$/;
const FIELD = /^A field with precision (\d+), scale (-?\d+) (must round to an absolute value less than .*)\.$/;

/** Rewords the error about a number that its type cannot hold. */
export const numberOutOfRange: ErrorTranslation = ({ code, message, detail }) => {
  const reworded = MESSAGES.get(message);
  if (reworded !== undefined) return { code, message: reworded };
  const [, value, type] = TEXT.exec(message) ?? [];
  if (value !== undefined) return textOutOfRange(value, type!);
  const [, precision, scale, rule] = FIELD.exec(detail ?? '') ?? [];
  return precision === undefined
    ? undefined
    : {
        code,
        message: `type DECIMAL(${precision},${scale}): value with precision ${precision}, scale ${scale} ${rule}`,
      };
};

/** A text is read as the largest type first, which then must fit. */
function textOutOfRange(value: string, type: string): ErrorFields {
  const unreadable = (name: string, parser: string): ErrorFields => ({
    code: SQLSTATE.invalidTextRepresentation,
    message: `could not parse "${value}" as type ${name}: strconv.${parser}: parsing "${value}": value out of range`,
  });
  if (type === 'double precision' || type === 'real') return unreadable('float', 'ParseFloat');
  const fits = /^\s*[-+]?\d+\s*$/.test(value) && BigInt.asIntN(64, BigInt(value.trim())) === BigInt(value.trim());
  return type === 'bigint' || !fits
    ? unreadable('int', 'ParseInt')
    : {
        code: SQLSTATE.numericValueOutOfRange,
        message: `integer out of range for type ${type === 'integer' ? 'int4' : 'int2'}`,
      };
}
