import type { Expression } from './expression.ts';
import { familyOf } from './parse-type.ts';

/** The types of a table's columns, as SHOW prints them, by name. */
export type ColumnTypes = ReadonlyMap<string, string>;

const RESULTS = new Map<string, string>([
  ...names('now current_timestamp transaction_timestamp statement_timestamp clock_timestamp', 'TIMESTAMPTZ'),
  ...names('length char_length octet_length strpos array_length unique_rowid nextval mod width_bucket', 'INT8'),
  ...names('lower upper concat substr substring left right trim btrim ltrim rtrim replace md5 split_part', 'STRING'),
  ...names('repeat reverse initcap lpad rpad to_hex current_user session_user', 'STRING'),
  ...names('random extract', 'FLOAT8'),
  ...names('gen_random_uuid uuid_v4', 'UUID'),
  ...names('current_date', 'DATE'),
  ...names('localtimestamp', 'TIMESTAMP'),
]);
/** Functions whose result has the type of their first argument. */
const SAME = ['abs', 'ceil', 'ceiling', 'floor', 'round', 'COALESCE', 'IFNULL', 'NULLIF', 'greatest', 'least'];
const COMPARISONS = /^(?:[<>=]|<=|>=|!=|AND|OR|@>|<@|\?[|&]?|&&|!?~\*?|(?:NOT )?(?:LIKE|ILIKE|IN|SIMILAR TO)|IS .*)$/;

function names(list: string, type: string): [string, string][] {
  return list.split(' ').map((name) => [name, type]);
}

/**
 * Returns the type of an expression, which constants next to it take; undefined for constants, whose type depends on
 * their neighbours, and for what this module does not know.
 */
export function typeOf(expression: Expression, columns: ColumnTypes): string | undefined {
  const known = (...operands: Expression[]): string | undefined =>
    operands.map((operand) => typeOf(operand, columns)).find((type) => type !== undefined);
  switch (expression.kind) {
    case 'column': {
      const type = columns.get(expression.name);
      return type === undefined ? undefined : familyOf(type);
    }
    case 'cast':
      return familyOf(expression.type);
    case 'call':
      if (expression.name === 'IF') return known(...expression.operands.slice(1));
      return SAME.includes(expression.name) ? known(...expression.operands) : RESULTS.get(expression.name);
    case 'unary':
      return expression.operator === 'NOT' ? 'BOOL' : known(expression.operand);
    case 'binary':
      return typeOfBinary(expression.operator, known(expression.left), known(expression.right));
    case 'test':
    case 'between':
      return 'BOOL';
    case 'case':
      return known(...expression.branches.map(([, result]) => result));
    case 'tuple':
      return expression.items.length === 1 ? known(...expression.items) : undefined;
    case 'subscript':
      return known(expression.operand)?.replace(/\[\]$/, '');
    default:
      return undefined;
  }
}

function typeOfBinary(operator: string, left: string | undefined, right: string | undefined): string | undefined {
  if (COMPARISONS.test(operator)) return 'BOOL';
  if (operator === '->>' || operator === '#>>') return 'STRING';
  if (operator === '/' && left === 'INT8' && (right ?? 'INT8') === 'INT8') return 'DECIMAL';
  if (left?.startsWith('TIMESTAMP') && operator === '-' && right?.startsWith('TIMESTAMP')) return 'INTERVAL';
  return left === 'INT8' && right !== undefined ? right : (left ?? right);
}
