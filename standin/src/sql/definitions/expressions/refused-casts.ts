import { SQLSTATE } from '../../../protocol/sqlstate.ts';
import { StatementError } from '../../../protocol/statement-error.ts';
import type { Token } from '../../text/tokens.ts';
import { UnreadableExpression, type Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { familyOf } from './parse-type.ts';
import type { Place } from './refused-parts.ts';
import { typeOf, type ColumnTypes } from './type-of.ts';

/** Casts whose results depend on the session's time zone or on the present time, by the type that is cast. */
const CHANGING: Record<string, readonly string[]> = {
  STRING: ['DATE', 'TIME', 'TIMETZ', 'TIMESTAMP', 'TIMESTAMPTZ'],
  TIMESTAMPTZ: ['STRING', 'DATE', 'TIME', 'TIMETZ', 'TIMESTAMP'],
  TIMESTAMP: ['TIMESTAMPTZ'],
  DATE: ['TIMESTAMPTZ'],
};
const HINTS: Record<string, string> = {
  'STRING::TIMESTAMP':
    'STRING to TIMESTAMP casts are context-dependent because of relative timestamp strings like ' +
    `'now'; use parse_timestamp() instead.`,
  'TIMESTAMPTZ::STRING':
    'TIMESTAMPTZ to STRING casts depend on the current timezone; consider using (t AT TIME ZONE ' +
    `'UTC')::STRING instead.`,
  'TIMESTAMPTZ::TIMESTAMP':
    `TIMESTAMPTZ to TIMESTAMP casts depend on the current timezone; consider using AT TIME ZONE ` + `'UTC' instead`,
};

/**
 * Throws StatementError for a cast or an operation in a computed column or a condition of an index whose result depends
 * on the session: `s::TIMESTAMPTZ`, `t + '1 day'::INTERVAL`. Nothing is thrown for an expression that is not
 * understood.
 */
export function refuseChangingCasts(tokens: readonly Token[], place: Place, columns: ColumnTypes): void {
  let parsed: Expression;
  try {
    parsed = parseExpression(tokens);
  } catch (error) {
    if (error instanceof UnreadableExpression || error instanceof RangeError) return;
    throw error;
  }
  for (const part of partsOf(parsed)) {
    const [what, hint] = changing(part, columns) ?? [];
    if (what !== undefined)
      throw new StatementError(
        SQLSTATE.featureNotSupported,
        `${what}: context-dependent operators are not allowed in ${place}`,
        { ...(hint !== undefined && { hint }) },
      );
  }
}

/** What CockroachDB calls a part whose result changes, and its hint; undefined for any other. */
function changing(part: Expression, columns: ColumnTypes): [string, string | undefined] | undefined {
  if (part.kind === 'cast' && part.style !== ':::') {
    const [from, to] = [typeOf(part.operand, columns) ?? '', familyOf(part.type)];
    if (!CHANGING[from]?.includes(to)) return undefined;
    return [`${from}::${to}`.toLowerCase(), HINTS[`${from}::${to}`]];
  }
  if (part.kind !== 'binary') return undefined;
  const types = [typeOf(part.left, columns), typeOf(part.right, columns)];
  const others = types.filter((type) => type !== 'TIMESTAMPTZ');
  const isChanging =
    others.length === 1 &&
    (['+', '-'].includes(part.operator)
      ? others[0] === 'INTERVAL'
      : /^[<>=!]/.test(part.operator) && ['TIMESTAMP', 'DATE'].includes(others[0] ?? ''));
  return isChanging ? [part.operator, undefined] : undefined;
}

/** All parts of an expression, the outer ones first. */
function partsOf(expression: Expression): Expression[] {
  return [expression, ...children(expression).flatMap(partsOf)];
}

function children(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.operands;
    case 'cast':
    case 'unary':
    case 'test':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'between':
      return [expression.operand, expression.low, expression.high];
    case 'case':
      return [expression.operand, ...expression.branches.flat(), expression.otherwise].filter(
        (each) => each !== undefined,
      );
    case 'tuple':
    case 'array':
      return expression.items;
    case 'subscript':
      return [expression.operand, expression.index];
    default:
      return [];
  }
}
