import { BodyReader } from '../protocol/body-reader.ts';
import { TYPE } from '../protocol/columns.ts';
import { int16, int32 } from '../protocol/encode.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isSign } from '../sql/text/tokens.ts';

/** PostgreSQL's type `unknown`, which says nothing. */
const UNKNOWN = 705;

/** Returns the types of parameters in the end of a Parse message, or in a ParameterDescription; 0 stands for none. */
function readTypes(body: Buffer): number[] {
  const reader = new BodyReader(body);
  return Array.from({ length: reader.int16() }, () => reader.int32());
}

/** Returns the numbers of the parameters whose type the client gave in its Parse message, whose end is `types`. */
export function typedParameters(types: Buffer): ReadonlySet<number> {
  return new Set(readTypes(types).flatMap((type, i) => (type && type !== UNKNOWN ? [i + 1] : [])));
}

/** Whether a client left the type of a parameter of this statement to the server. */
export function leavesTypesOpen(types: Buffer, { tokens }: Statement): boolean {
  const given = readTypes(types);
  return tokens.some(({ kind, value }) => kind === 'placeholder' && !given[Number(value.slice(1)) - 1]);
}

/**
 * Returns the types of parameters with INT8 for those that the client left open and PostgreSQL takes for INT4, as the
 * `1` in `$1 + 1`: in CockroachDB they are INT8. A cast, as in `$1::INT4`, is left. Undefined when nothing changes.
 * `types` is the end of the client's Parse message, `described` PostgreSQL's ParameterDescription.
 */
export function widenedTypes(types: Buffer, described: Buffer, { tokens }: Statement): Buffer | undefined {
  const given = readTypes(types);
  const inferred = readTypes(described);
  const isCast = (number: number): boolean =>
    tokens.some(
      ({ kind, value }, i) => kind === 'placeholder' && value === `$${number}` && isSign(tokens[i + 1], '::'),
    );
  const widened = inferred.map((type, i) => (!given[i] && type === TYPE.int4 && !isCast(i + 1) ? TYPE.int8 : 0));
  if (!widened.some(Boolean)) return undefined;
  return Buffer.concat([int16(inferred.length), ...inferred.map((_, i) => int32(widened[i] || given[i] || 0))]);
}
