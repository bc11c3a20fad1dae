/** A column of an index. */
interface IndexColumn {
  name: string;
  descending: boolean;
  nullable: boolean;
}

/** An index that CockroachDB could read instead of the table; the primary key is the first. */
export interface IndexShape {
  columns: IndexColumn[];
  isUnique: boolean;
  /** The columns that it stores besides. */
  stored: string[];
  /** The hidden column of a hash-sharded index, which comes before its columns. */
  shard?: string;
}

/** What is known about a table: its columns, and what the order of its rows depends on. */
export interface TableShape {
  /** The visible columns. */
  columns: string[];
  /** Those that `*` does not name. */
  hidden: string[];
  indexes: IndexShape[];
}

/** The shapes of tables, by what a statement calls them; without those that are no tables. */
export type TableShapes = ReadonlyMap<string, TableShape>;

/** Returns what `TableShapes` calls a qualified name. */
export function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
