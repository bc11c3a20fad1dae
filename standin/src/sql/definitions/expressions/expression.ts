/** An expression of a definition, as CockroachDB's parser sees it. */
export type Expression =
  | { kind: 'number'; text: string }
  | { kind: 'string'; value: string }
  /** TRUE, FALSE and NULL, in lower case. */
  | { kind: 'constant'; word: string }
  | { kind: 'column'; name: string }
  /** `form` is how CockroachDB writes a special form, such as COALESCE. */
  | { kind: 'call'; name: string; operands: Expression[]; isSpecial: boolean }
  | { kind: 'cast'; operand: Expression; type: string; style: '::' | ':::' | 'CAST' }
  | { kind: 'unary'; operator: string; operand: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  /** `suffix` is what follows the operand, as in IS NULL. */
  | { kind: 'test'; operand: Expression; suffix: string }
  | { kind: 'between'; operator: string; operand: Expression; low: Expression; high: Expression }
  | { kind: 'case'; operand?: Expression; branches: [Expression, Expression][]; otherwise?: Expression }
  | { kind: 'tuple'; items: Expression[] }
  | { kind: 'array'; items: Expression[] }
  | { kind: 'subscript'; operand: Expression; index: Expression };

/** Thrown for an expression that this folder cannot read or print: PostgreSQL's text must do then. */
export class UnreadableExpression extends Error {}
