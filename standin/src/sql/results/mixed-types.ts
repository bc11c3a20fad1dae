import { typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { hasLargeConstant } from '../text/large-constants.ts';
import type { ErrorTranslation } from './postgres-error.ts';

const UNCONVERTED = /^(\S+) could not convert type (.*) to (.*)$/;
const UNMATCHED = /^(\S+) types (.*) and (.*) cannot be matched$/;
/** Where CockroachDB names the types of both rows or queries. */
const ROWS = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'VALUES']);

/**
 * Rewords the error about expressions that must have one type and do not, as in `coalesce(1::INT, 1.5)`. CockroachDB
 * also prints one of the expressions, which PostgreSQL does not tell.
 */
export const mixedTypes: ErrorTranslation = ({ message }, source) => {
  const [, place, found, wanted] = UNCONVERTED.exec(message) ?? [];
  if (place !== undefined) return mismatch(place, typeFamily(wanted!), typeFamily(found!), source);
  const [, clause, first, second] = UNMATCHED.exec(message) ?? [];
  return clause === undefined ? undefined : mismatch(clause, typeFamily(first!), typeFamily(second!), source);
};

function mismatch(place: string, first: string, second: string, source: string): ErrorFields {
  const types = new Set([first, second]);
  if (types.has('int') && (types.has('decimal') || types.has('float')) && hasLargeConstant(source))
    return notSupported('constants above 2147483647 together with decimals or floats').fields;
  const expected = `expected type ${first}, found type ${second}`;
  const message = ROWS.has(place)
    ? `${place} types ${first} and ${second} cannot be matched`
    : place === 'COALESCE'
      ? `incompatible COALESCE expressions: ${expected}`
      : place.startsWith('CASE')
        ? `incompatible value type: ${expected}`
        : expected;
  return { code: SQLSTATE.datatypeMismatch, message };
}
