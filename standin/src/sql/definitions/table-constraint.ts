import { listItems } from '../text/brackets.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { refuseExpressions } from './index-columns.ts';
import { readBuckets, type ColumnParts } from './column-parts.ts';

/** A constraint among the columns of CREATE TABLE, or one that ALTER TABLE adds. */
export interface TableConstraint {
  name: string | undefined;
  kind: 'primary' | 'unique' | 'check' | 'other';
  /** What follows the name. */
  definition: Statement;
  /** The columns of a key, a unique constraint or a foreign key. */
  columns: string[];
  /** The columns of a key that are in descending order. */
  descending: string[];
  condition: Token[] | undefined;
  hash: ColumnParts['hash'];
  /**
   * Whether it is a unique index that PostgreSQL does not take as a constraint: with a direction, stored columns, a
   * condition or buckets.
   */
  isIndex: boolean;
}

/**
 * Reads `[CONSTRAINT name] PRIMARY KEY | UNIQUE | CHECK | FOREIGN KEY …`. Throws StatementError for a key of
 * expressions.
 */
export function readConstraint(element: Statement): TableConstraint {
  const isNamed = isWord(element.tokens[0], 'constraint');
  const definition = isNamed ? substatement(element, 2, element.tokens.length - 1) : element;
  const { tokens } = definition;
  const [first] = tokens;
  const kind = isWord(first, 'primary', 'unique', 'check') ? (first!.value as 'primary' | 'unique' | 'check') : 'other';
  const open = tokens.findIndex((token) => isSign(token, '('));
  const { items, after } = listItems(tokens, open);
  if (kind === 'primary' || kind === 'unique') refuseExpressions(definition, open);
  const using = tokens.findIndex((token) => isWord(token, 'using'));
  const descending = items.filter(({ to }) => isWord(tokens[to - 1], 'desc')).map(({ from }) => tokens[from]!.value);
  return {
    name: isNamed ? element.tokens[1]!.value : undefined,
    kind,
    definition,
    columns: kind === 'check' ? [] : items.map(({ from }) => tokens[from]!.value),
    descending: kind === 'primary' || kind === 'unique' ? descending : [],
    condition: kind === 'check' ? tokens.slice(open + 1, after - 1) : undefined,
    hash: using < 0 ? undefined : readBuckets(tokens, using),
    isIndex: kind === 'unique' && (descending.length > 0 || after < tokens.length - 1),
  };
}
