import { quoteName, quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import { readBuckets } from './column-parts.ts';
import type { ColumnTypes } from './expressions/type-of.ts';
import { kindOfElement, readElements } from './table-elements.ts';

/** The hidden column of a hash-sharded index. */
export interface ShardColumn {
  name: string;
  /** What computes it in PostgreSQL. */
  computed: string;
  /** The same as CockroachDB prints it, with each name of a column between two characters 1. */
  printed: string;
}

/**
 * Returns the shard column of an index (cockroachlabs.com/docs/v21.1/hash-sharded-indexes): the hashes of its columns,
 * in the order of their names, added up.
 *
 *     (b, a) USING HASH WITH BUCKET_COUNT = 8
 *     crdb_internal_a_b_shard_8 INT4 AS (mod(fnv32(COALESCE(a, '')) + fnv32(COALESCE(CAST(b AS STRING), '')), 8))
 */
export function shardColumn(columns: readonly string[], buckets: number, types: ColumnTypes): ShardColumn {
  const sorted = columns.toSorted();
  const hashes = sorted.map((column) => {
    const name = `\u0001${column}\u0001`;
    const text = types.get(column) === 'STRING' ? name : `CAST(${name} AS STRING)`;
    return `fnv32(COALESCE(${text}, '':::STRING))`;
  });
  const sum = hashes.reduceRight((rest, hash, i) => `${hash} + ${i === hashes.length - 2 ? rest : `(${rest})`}`);
  const texts = sorted.map((column) => `crdb.shard_text(${quoteName(column)})`);
  return {
    name: `crdb_internal_${sorted.join('_')}_shard_${buckets}`,
    computed: `crdb.shard(${buckets}, ${texts.join(', ')})`,
    printed: `mod(${sum}, ${buckets}:::INT8)`,
  };
}

/**
 * Returns the elements of CREATE TABLE with the shard columns of its keys and indexes: that of a column that is a key
 * stands before it, the others follow all columns. One that is defined, as SHOW CREATE prints it, is replaced.
 */
export function withShards(elements: readonly Statement[], types: ColumnTypes): (Statement | ShardColumn)[] {
  const shards = new Map(elements.map((element) => [element, shardOf(element, types)]));
  const named = new Map([...shards.values()].flatMap((shard) => (shard ? [[shard.name, shard] as const] : [])));
  const placed: (Statement | ShardColumn)[] = [];
  const isColumn = (element: Statement): boolean => kindOfElement(element) === 'column';
  const take = (name: string): ShardColumn[] => {
    const shard = named.get(name);
    named.delete(name);
    return shard ? [shard] : [];
  };
  const names = new Set(elements.filter(isColumn).map(({ tokens }) => tokens[0]!.value));
  for (const element of elements.filter((each) => isColumn(each) || kindOfElement(each) === 'like')) {
    const name = element.tokens[0]!.value;
    const shard = shards.get(element);
    if (isColumn(element) && named.has(name)) placed.push(...take(name));
    else placed.push(...(shard && !names.has(shard.name) ? take(shard.name) : []), element);
  }
  return [...placed, ...named.values()];
}

/** Returns the shard column of a column that is a key, of an index or of a constraint. */
function shardOf(element: Statement, types: ColumnTypes): ShardColumn | undefined {
  const { tokens } = element;
  const using = tokens.findIndex((token, i) => isWord(token, 'using') && isWord(tokens[i + 1], 'hash'));
  const hash = using > 0 ? readBuckets(tokens, using) : undefined;
  if (!hash) return undefined;
  if (kindOfElement(element) === 'column') return shardColumn([tokens[0]!.value], hash.buckets, types);
  const open = tokens.findIndex((token) => isSign(token, '('));
  const columns = readElements(element, open).elements.map((column) => column.tokens[0]!.value);
  return shardColumn(columns, hash.buckets, types);
}

/** Returns a shard column as CREATE TABLE of PostgreSQL has it. */
export function shardDefinition({ name, computed }: ShardColumn): string {
  return `${quoteName(name)} int4 NOT NULL GENERATED ALWAYS AS (${computed}) STORED`;
}

const relation = (table: string): string => `${quoteText(table)}::pg_catalog.regclass`;

/** Returns a statement that adds a hidden shard column to a table, unless it has it. `table` is for PostgreSQL. */
export function addShard(table: string, { name, computed, printed }: ShardColumn): string {
  return (
    `SELECT crdb.add_shard(${relation(table)}, ${quoteText(name)}, ${quoteText(computed)}, ` + `${quoteText(printed)})`
  );
}

/** Returns a statement that notes the shard column of the index that the statement before it makes. */
export function noteShard(table: string, { name }: ShardColumn, isKey: boolean): string {
  return `SELECT crdb.note_index(${relation(table)}, 'shard', ${isKey}, ${quoteText(`\u0001${name}\u0001`)})`;
}

/** Returns a statement that removes the shard columns that no index of a table needs any more. */
export function dropShards(table: string): string {
  return `SELECT crdb.drop_shards(${relation(table)})`;
}
