import type { Holdings } from '../../shared/protocol.ts';
import { counted } from './counted.ts';
import { differenceOf } from '../decimal.ts';

/** A cell that holds something else now. */
interface ToldCell {
  /** What its row is called. */
  row: string;
  column: string;
  was: string | null;
  is: string | null;
}

/** What a step did to a table, as much as is told. */
interface ToldChanges {
  cells: readonly ToldCell[];
  changedRows: number;
  newRows: number;
  removedRows: number;
  /** Some rows were not seen, before or now: more may have changed. */
  isPartial: boolean;
}

/** A sum that went from one row to another. */
interface ToldTransfer {
  column: string;
  from: ToldCell;
  to: ToldCell;
  amount: string;
}

/** Changes that are told one by one. */
const MAX_NAMED_CHANGES = 3;
const MAX_CHARACTERS = 40;

/** What is said of a table before a step has changed something. */
export const FIRST_LOOK = 'What the next step changes here will be marked.';

/** What a step did to a table. */
export function changesSentence(changes: ToldChanges, transfer: ToldTransfer | undefined): string {
  const { cells, changedRows, newRows, removedRows, isPartial } = changes;
  if (transfer) {
    const { amount, column, from, to } = transfer;
    return `${amount} of ${column} went from ${short(from.row)} (${arrow(from)}) to ${short(to.row)} (${arrow(to)}).`;
  }
  const kinds = [
    ...(changedRows > 0 ? [`${counted(changedRows, 'row')} changed`] : []),
    ...(newRows > 0 ? [counted(newRows, 'new row')] : []),
    ...(removedRows > 0 ? [`${counted(removedRows, 'row')} removed`] : []),
  ];
  const scope = isPartial ? ' among the rows seen here' : '';
  if (kinds.length === 0) return `Nothing changed${scope}.`;
  const told = cells.slice(0, MAX_NAMED_CHANGES).map((cell) => `${cell.column} of ${short(cell.row)}: ${arrow(cell)}`);
  const more = cells.length > told.length ? [`and ${cells.length - told.length} more`] : [];
  return `${kinds.join(', ')}${scope}.${told.length > 0 ? ` ${[...told, ...more].join('; ')}.` : ''}`;
}

/** A column's sum, and whether it stayed. `was` undefined: it was not known before. */
export function sumSentence(column: string, was: string | null | undefined, is: string | null): string {
  const [before, now] = [was ?? '0', is ?? '0'];
  if (was === undefined) return `sum of ${column} ${now}`;
  const difference = differenceOf(before, now);
  if (difference === '0' || before === now) return `sum of ${column} ${before} → ${now}, unchanged`;
  const by = difference === undefined ? '' : ` by ${difference.startsWith('-') ? '' : '+'}${difference}`;
  return `sum of ${column} ${before} → ${now}, changed${by}`;
}

function arrow({ was, is }: ToldCell): string {
  return `${short(valueWord(was))} → ${short(valueWord(is))}`;
}

/** A value in a sentence, where nothing would be a gap. */
export function valueWord(value: string | null): string {
  return value === null ? 'NULL' : value.trim() === '' ? `'${value}'` : value;
}

function short(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

/** How much of what the databases hold is not listed; undefined when all is. */
export function unlistedSentence({ unlisted }: Holdings): string | undefined {
  const more = [
    ...(unlisted.tables > 0 ? [counted(unlisted.tables, 'more table')] : []),
    ...(unlisted.databases > 0 ? [counted(unlisted.databases, 'more database')] : []),
  ];
  return more.length > 0 ? `Not listed here: ${more.join(', ')}.` : undefined;
}

/** What the data panel says when it has no table to show. */
export const NO_CLUSTER_YET = 'You have no cluster yet: Run starts one.';
/** The same, in a cluster. */
export const NO_TABLES_YET = 'Your cluster holds no tables yet.';

/** The server's refusals begin with the name of its field. */
export const notSortedSentence = (column: string | undefined, why: string): string =>
  `It cannot be sorted by ${column}: ${why.replace(/^sort: /, '')}`;

/** Which of a table's rows a page has: `first` to `last` of `count`; of its columns, how many more there are. */
export function placeSentence({ first, last, count }: Record<'first' | 'last' | 'count', number>): string {
  if (count === 0) return 'No rows';
  if (last - first + 1 === count) return counted(count, 'row');
  return last < first ? `Row ${first} of ${count} is too large to be shown` : `Rows ${first} to ${last} of ${count}`;
}

/** After it, where a table has more columns than are shown. */
export const columnsClause = (shown: number, more: number): string =>
  more > 0 ? `, the first ${shown} of ${shown + more} columns` : '';

/** Which statement of a table's SQL reads what. */
export const STATEMENT_NAMES = { rows: 'the rows', totals: 'their count, and the sums', tables: 'the table' };
