import type { Column } from '../protocol/messages.ts';

/** Changes a value as PostgreSQL writes it into CockroachDB's writing. */
export type ValueReader = (value: Buffer) => Buffer;

const INT4 = 23;
const INT8 = 20;
const NAME = 19;
const TEXT = 25;
const TIMESTAMPTZ = 1184;
/** What PostgreSQL computes in a narrower type than CockroachDB: int4, int4[], name, name[], regtype. */
const WIDER = new Map([
  [INT4, INT8],
  [1007, 1016],
  [NAME, TEXT],
  [1003, 1009],
  [2206, TEXT],
]);

/**
 * Columns as CockroachDB tells them: an expression over integers is INT8 there, names are text. Columns of a table, and
 * explicit casts (whose column is called after the type), keep their type.
 */
export function toldColumns(
  seen: Column[],
  told: Column[] | undefined,
): { columns: Column[]; readers: (ValueReader | undefined)[] | undefined } {
  const columns = seen.map((column, i): Column => {
    const oid =
      told?.[i]?.oid ?? (column.table || column.name === 'int4' ? column.oid : (WIDER.get(column.oid) ?? column.oid));
    return { ...column, ...told?.[i], oid, size: oid === column.oid ? column.size : oid === INT8 ? 8 : -1 };
  });
  const readers = seen.map((column, i) =>
    isSequenceLog(column, seen) ? nothingAhead(column) : reader(column, columns[i]!),
  );
  return { columns, readers: readers.some(Boolean) ? readers : undefined };
}

function reader(seen: Column, told: Column): ValueReader | undefined {
  if (seen.format === 1) return seen.oid === INT4 && told.oid === INT8 ? widen : undefined;
  return seen.oid === TIMESTAMPTZ ? withMinutes : undefined;
}

/**
 * PostgreSQL logs a sequence's values ahead and tells by how many in the sequence's relation; CockroachDB has none
 * ahead. Told by the three columns that only a sequence has together.
 */
function isSequenceLog({ name, table }: Column, seen: Column[]): boolean {
  if (name !== 'log_cnt' || !table) return false;
  return ['last_value', 'log_cnt', 'is_called'].every((wanted, i) =>
    seen.some((column) => column.table === table && column.name === wanted && column.attribute === i + 1),
  );
}

function nothingAhead({ format }: Column): ValueReader {
  return () => (format === 1 ? Buffer.alloc(8) : Buffer.from('0'));
}

function widen(value: Buffer): Buffer {
  const wide = Buffer.alloc(8);
  wide.writeBigInt64BE(BigInt(value.readInt32BE(0)));
  return wide;
}

/** `+00` is written `+00:00`. */
function withMinutes(value: Buffer): Buffer {
  const text = value.toString('latin1');
  return /[+-]\d\d$/.test(text) ? Buffer.from(`${text}:00`, 'latin1') : value;
}

export function readValue(change: ValueReader | undefined, value: Buffer | null): Buffer | null {
  return value && change ? change(value) : value;
}
