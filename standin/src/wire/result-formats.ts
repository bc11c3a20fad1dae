import { BodyReader } from '../protocol/body-reader.ts';
import { TYPE, type Column } from '../protocol/columns.ts';

const BINARY = 1;

/** How values of the types that the stand-in's own answers have are written in binary; text is the same in both. */
const BINARY_WRITERS = new Map<number, (value: string) => Buffer>([
  [TYPE.bool, (value) => Buffer.from([value === 't' ? 1 : 0])],
  [TYPE.name, (value) => Buffer.from(value)],
  [TYPE.text, (value) => Buffer.from(value)],
]);

/** Returns the formats of the result columns in a Bind message, without its two names; empty for text. */
export function resultFormats(values: Buffer): number[] {
  const reader = new BodyReader(values);
  for (let left = reader.int16(); left > 0; left--) reader.int16();
  for (let left = reader.int16(); left > 0; left--) reader.bytes(Math.max(reader.int32(), 0));
  return Array.from({ length: reader.int16() }, () => reader.int16());
}

/** Returns columns in the formats that a client asked for, one for each or one for all; some stay text. */
export function inFormats(columns: Column[], formats: number[]): Column[] {
  const format = (i: number): number | undefined => (formats.length === 1 ? formats[0] : formats[i]);
  return columns.map((column, i) =>
    format(i) === BINARY && BINARY_WRITERS.has(column.oid) ? { ...column, format: BINARY } : column,
  );
}

/** Returns a value, given as text, in the format of its column. */
export function inFormat(value: string | null, column: Column | undefined): string | Buffer | null {
  if (value === null || column?.format !== BINARY) return value;
  return BINARY_WRITERS.get(column.oid)?.(value) ?? value;
}
