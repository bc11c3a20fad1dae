import { decimalText, exponentText, floatText } from './number-texts.ts';
import { orderKeys } from './json-order.ts';
import { TYPE, type Column } from '../../protocol/columns.ts';
import { int32 } from '../../protocol/encode.ts';

/** Converts a value from PostgreSQL's format to CockroachDB's. */
export type ValueReader = (value: Buffer) => Buffer;

const ARRAY_HEAD_BYTES = 12;
const ELEMENT_TYPE_AT = 8;
const DIMENSION_BYTES = 8;
const SIZE_BYTES = 4;

/** The types of expressions in PostgreSQL, and the wider ones that they have in CockroachDB. */
const WIDER = new Map<number, number>([
  [TYPE.int4, TYPE.int8],
  [TYPE.int4Array, TYPE.int8Array],
  [TYPE.name, TYPE.text],
  [TYPE.regtype, TYPE.text],
]);

/** Columns as CockroachDB reports them, and how to convert the values of those that differ. */
interface ReportedColumns {
  /** PostgreSQL's own list when none differs. */
  columns: Column[];
  /** Undefined when no value differs. */
  readers: (ValueReader | undefined)[] | undefined;
}

/**
 * Returns PostgreSQL's columns as CockroachDB reports them: an expression over integers is INT8 there, and names are
 * text. Columns of a table keep their type, and so do explicit casts, whose column is named after the type. `given`
 * columns win.
 */
export function reportedColumns(seen: Column[], given: Column[] | undefined): ReportedColumns {
  const isSame = !given && seen.every((column) => reportedType(column) === column.oid);
  const columns = isSame ? seen : seen.map((column, i) => reportedColumn(column, given?.[i]));
  const readers = seen.map((column, i) =>
    isSequenceLog(column, seen) ? nothingAhead(column) : valueReader(column, columns[i]!),
  );
  return { columns, readers: readers.some(Boolean) ? readers : undefined };
}

function reportedColumn(seen: Column, given: Column | undefined): Column {
  const oid = given?.oid ?? reportedType(seen);
  return { ...seen, ...given, oid, size: oid === seen.oid ? seen.size : oid === TYPE.int8 ? 8 : -1 };
}

function reportedType({ table, name, oid }: Column): number {
  return table || name === 'int4' ? oid : (WIDER.get(oid) ?? oid);
}

function valueReader(seen: Column, reported: Column): ValueReader | undefined {
  if (seen.oid === TYPE.jsonb) return seen.format === 1 ? binaryJson : textJson;
  if (seen.format === 1) return BINARY_READERS.get(seen.oid)?.get(reported.oid);
  const scale = seen.oid === TYPE.numeric ? scaleOf(seen) : 0;
  if (scale < 0) return (value) => Buffer.from(exponentText(value.toString('latin1'), -scale));
  return TEXT_READERS.get(seen.oid);
}

/**
 * Whether a column is the `log_cnt` of a sequence, which says how many values PostgreSQL has logged ahead; CockroachDB
 * logs none ahead. Only a sequence has these three columns together.
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

function textJson(value: Buffer): Buffer {
  return value.includes('{') ? Buffer.from(orderKeys(value.toString())) : value;
}

/** Binary JSONB is the number of its version and the text. */
function binaryJson(value: Buffer): Buffer {
  return Buffer.concat([value.subarray(0, 1), textJson(value.subarray(1))]);
}

/** Returns the scale of a decimal in its modifier; 0 when it has none (PostgreSQL's numeric.c). */
function scaleOf({ modifier = -1 }: Column): number {
  return modifier < 0 ? 0 : (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
}

function smallDecimals(value: Buffer): Buffer {
  return value.includes('0.000000') ? Buffer.from(decimalText(value.toString('latin1'))) : value;
}

function infiniteFloats(value: Buffer): Buffer {
  return value.includes('Inf') ? Buffer.from(floatText(value.toString('latin1'))) : value;
}

const TEXT_READERS = new Map<number, ValueReader>([
  [TYPE.timestamptz, withMinutes],
  [TYPE.timetz, withMinutes],
  [TYPE.timestamptzArray, eachWithMinutes],
  [TYPE.timetzArray, eachWithSeconds],
  [TYPE.numeric, smallDecimals],
  [TYPE.numericArray, smallDecimals],
  [TYPE.float4, infiniteFloats],
  [TYPE.float8, infiniteFloats],
  [TYPE.float4Array, infiniteFloats],
  [TYPE.float8Array, infiniteFloats],
]);

/** Widens a binary integer from four bytes to eight. */
function widen(value: Buffer): Buffer {
  const wide = Buffer.alloc(8);
  wide.writeBigInt64BE(BigInt(value.readInt32BE(0)));
  return wide;
}

/**
 * Widens the integers of a binary array: after the number of dimensions, a flag and the elements' type come the length
 * and the first index of each dimension, and then the elements, each with its size (PostgreSQL's arrayfuncs.c).
 */
function widenArray(value: Buffer): Buffer {
  const elements = ARRAY_HEAD_BYTES + value.readInt32BE(0) * DIMENSION_BYTES;
  const head = Buffer.from(value.subarray(0, elements));
  head.writeInt32BE(TYPE.int8, ELEMENT_TYPE_AT);
  const parts: Buffer[] = [head];
  for (let at = elements; at < value.length;) {
    const size = value.readInt32BE(at);
    at += SIZE_BYTES;
    parts.push(size < 0 ? int32(size) : Buffer.concat([int32(8), widen(value.subarray(at, at + size))]));
    at += Math.max(size, 0);
  }
  return Buffer.concat(parts);
}

const BINARY_READERS = new Map<number, Map<number, ValueReader>>([
  [TYPE.int4, new Map([[TYPE.int8, widen]])],
  [TYPE.int4Array, new Map([[TYPE.int8Array, widenArray]])],
]);

/** Writes the offset `+00` as `+00:00`. */
function withMinutes(value: Buffer): Buffer {
  const text = value.toString('latin1');
  return /[+-]\d\d$/.test(text) ? Buffer.from(`${text}:00`, 'latin1') : value;
}

/** The same, for each time in an array. */
function eachWithMinutes(value: Buffer): Buffer {
  const text = value.toString('latin1');
  return Buffer.from(text.replace(/(:\d\d(?:\.\d+)?[+-]\d\d)(?=["},]| BC)/g, '$1:00'), 'latin1');
}

/** In an array, the offset of a TIMETZ has seconds, too: `-07` is `-07:00:00`. */
function eachWithSeconds(value: Buffer): Buffer {
  const text = value.toString('latin1');
  return Buffer.from(
    text.replace(/([+-]\d\d)(:\d\d)?(?=[,}])/g, (_, hours: string, minutes = ':00') => `${hours}${minutes}:00`),
    'latin1',
  );
}

/** Returns a value as CockroachDB writes it; NULL stays null. */
export function readValue(reader: ValueReader | undefined, value: Buffer | null): Buffer | null {
  return value && reader ? reader(value) : value;
}
