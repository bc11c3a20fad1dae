import type { Expression } from './expression.ts';
import { printNumber, printText, type Piece } from './print-constant.ts';
import { typeOf, type ColumnTypes } from './type-of.ts';

/** Functions of several types, after which CockroachDB writes the type. */
const AMBIGUOUS = `now current_timestamp transaction_timestamp statement_timestamp clock_timestamp localtimestamp
  current_time localtime`.split(/\s+/);
/** Operators that are written without spaces. */
const UNPADDED = ['->', '->>', '#>', '#>>'];
const TIMES = ['TIMESTAMPTZ', 'TIMESTAMP', 'DATE', 'TIME', 'TIMETZ'];

/**
 * Prints an expression as SHOW CREATE does: constants with their types, operands in parentheses when they are
 * operations. `type` is that of the column whose default it is.
 *
 *     a > 0 AND b IN ('x', 'y')
 *     (a > 0:::INT8) AND (b IN ('x':::STRING, 'y':::STRING))
 *
 * Throws UnreadableExpression.
 */
export function printExpression(expression: Expression, columns: ColumnTypes, type?: string): Piece[] {
  const print = (each: Expression, wanted?: string): Piece[] => printExpression(each, columns, wanted);
  const operand = (each: Expression, wanted?: string): Piece[] => {
    const inner = withoutParentheses(each);
    const isOperation = ['unary', 'binary', 'test', 'between'].includes(inner.kind) && !isNegative(inner);
    return isOperation ? ['(', ...print(each, wanted), ')'] : print(each, wanted);
  };
  const list = (items: Expression[], wanted?: string): Piece[] =>
    items.flatMap((item, i) => [...(i > 0 ? [', '] : []), ...print(item, wanted)]);
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.text, type);
    case 'string':
      return printText(expression.value, type);
    case 'constant':
      return [expression.word === 'null' ? 'NULL' : expression.word];
    case 'column':
      return [{ column: expression.name }];
    case 'cast':
      if (expression.style === '::') return [...operand(expression.operand), `::${expression.type}`];
      if (expression.style === 'CAST') return ['CAST(', ...print(expression.operand), ` AS ${expression.type})`];
      return print(expression.operand, typeOf(expression, columns));
    case 'call': {
      const wanted = expression.isSpecial ? (typeOf(expression, columns) ?? type) : undefined;
      const suffix = AMBIGUOUS.includes(expression.name) ? [`:::${timeType(expression.name, type)}`] : [];
      if (expression.name !== 'IF')
        return [`${expression.name}(`, ...list(expression.operands, wanted), ')', ...suffix];
      const [condition, ...results] = expression.operands;
      return ['IF(', ...(condition ? print(condition) : []), ', ', ...list(results, wanted), ')'];
    }
    case 'unary':
      if (isNegative(expression)) return negated(print(expression.operand, type));
      return [expression.operator === 'NOT' ? 'NOT ' : expression.operator, ...operand(expression.operand, type)];
    case 'binary': {
      const { operator, left, right } = expression;
      const [forLeft, forRight] = operandTypes(expression, columns, type);
      const isList = operator.endsWith('IN') && right.kind === 'tuple';
      const ofRight = isList ? ['(', ...list(right.items, forRight), ')'] : operand(right, forRight);
      const symbol = UNPADDED.includes(operator) ? operator : ` ${operator} `;
      return [...operand(left, forLeft), symbol, ...ofRight];
    }
    case 'test':
      return [...operand(expression.operand), ` ${expression.suffix}`];
    case 'between': {
      const wanted = typeOf(expression.operand, columns);
      const bounds = [...operand(expression.low, wanted), ' AND ', ...operand(expression.high, wanted)];
      return [...operand(expression.operand), ` ${expression.operator} `, ...bounds];
    }
    case 'case': {
      const wanted = typeOf(expression, columns) ?? type;
      const of = expression.operand && typeOf(expression.operand, columns);
      return [
        'CASE ',
        ...(expression.operand ? [...print(expression.operand), ' '] : []),
        ...expression.branches.flatMap(([when, then]) => [
          'WHEN ',
          ...print(when, of),
          ' THEN ',
          ...print(then, wanted),
          ' ',
        ]),
        ...(expression.otherwise ? ['ELSE ', ...print(expression.otherwise, wanted), ' '] : []),
        'END',
      ];
    }
    case 'tuple':
      if (expression.items.length === 1) return print(expression.items[0]!, type);
      return ['(', ...list(expression.items, type), ')'];
    case 'array': {
      const first = expression.items.map((item) => typeOf(item, columns)).find(Boolean);
      const element = type?.replace(/\[\]$/, '') ?? first ?? elementType(expression.items);
      return ['ARRAY[', ...list(expression.items, element), ...(element ? [`]:::${element}[]`] : [']'])];
    }
    case 'subscript':
      return [...operand(expression.operand), '[', ...print(expression.index, 'INT8'), ']'];
  }
}

/** CockroachDB drops the parentheses that were written, and writes those that operands need. */
function withoutParentheses(expression: Expression): Expression {
  const [only] = expression.kind === 'tuple' && expression.items.length === 1 ? expression.items : [];
  return only ? withoutParentheses(only) : expression;
}

function isNegative(expression: Expression): boolean {
  return expression.kind === 'unary' && expression.operator === '-' && expression.operand.kind === 'number';
}

/** `5:::INT8` becomes `(-5):::INT8`. */
function negated(number: Piece[]): Piece[] {
  return number.map((piece) => (typeof piece === 'string' ? piece.replace(/^(.*?):::/, '(-$1):::') : piece));
}

function timeType(name: string, type: string | undefined): string {
  if (type !== undefined && TIMES.includes(type)) return type;
  if (name === 'localtimestamp') return 'TIMESTAMP';
  return name === 'localtime' ? 'TIME' : name === 'current_time' ? 'TIMETZ' : 'TIMESTAMPTZ';
}

function elementType(items: Expression[]): string | undefined {
  const [first] = items;
  return first?.kind === 'string' ? 'STRING' : first?.kind === 'number' ? 'INT8' : undefined;
}

/** The types that constants have on the two sides of an operator. */
function operandTypes(
  { operator, left, right }: { operator: string; left: Expression; right: Expression },
  columns: ColumnTypes,
  type: string | undefined,
): [string | undefined, string | undefined] {
  const [ofLeft, ofRight] = [typeOf(left, columns), typeOf(right, columns)];
  if (operator === '||') return [ofRight, ofLeft];
  if (/->|#>|#-|\?|LIKE|SIMILAR|~/.test(operator)) return ['STRING', right.kind === 'number' ? 'INT8' : 'STRING'];
  const isTime = /^(?:DATE|TIME)/.test(ofLeft ?? '');
  if (isTime && ['+', '-'].includes(operator) && (ofLeft === 'DATE' ? right.kind === 'string' : true))
    return [undefined, ofRight ?? 'INTERVAL'];
  const isArithmetic = ['+', '-', '*', '/', '//', '%', '^'].includes(operator);
  const other = isArithmetic ? type : undefined;
  return [ofRight ?? other, ofLeft ?? other];
}
