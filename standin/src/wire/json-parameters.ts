import { BodyReader } from '../protocol/body-reader.ts';
import { TYPE } from '../protocol/columns.ts';
import { int16, int32 } from '../protocol/encode.ts';

/** PostgreSQL's other type for JSON. CockroachDB has one type only, and takes the oid of either. */
const JSON_OID = 114;
const BINARY = 1;
/** The number of the version with which JSONB begins in binary; JSON is text there. */
const VERSION = Buffer.from([1]);

/** Returns the parameter types in the end of a Parse message with JSONB instead of JSON. */
export function withoutJson(types: Buffer): Buffer {
  const given = readList(new BodyReader(types), 'int32');
  if (!given.includes(JSON_OID)) return types;
  const changed = given.map((type) => int32(type === JSON_OID ? TYPE.jsonb : type));
  return Buffer.concat([int16(given.length), ...changed]);
}

/**
 * Returns a Bind message, without its two names, with binary JSON made JSONB. `types` are the parameter types as the
 * client gave them, in the end of its Parse message.
 */
export function withJsonbValues(values: Buffer, types: Buffer): Buffer {
  const given = readList(new BodyReader(types), 'int32');
  if (!given.includes(JSON_OID)) return values;
  const reader = new BodyReader(values);
  const formats = readList(reader, 'int16');
  const count = reader.int16();
  const parts = [int16(formats.length), ...formats.map(int16), int16(count)];
  for (let i = 0; i < count; i++) {
    const size = reader.int32();
    const value = reader.bytes(Math.max(size, 0));
    const isBinary = (formats.length === 1 ? formats[0] : formats[i]) === BINARY;
    const added = size >= 0 && isBinary && given[i] === JSON_OID ? VERSION : Buffer.alloc(0);
    parts.push(int32(size + added.length), added, value);
  }
  return Buffer.concat([...parts, reader.rest()]);
}

function readList(reader: BodyReader, kind: 'int16' | 'int32'): number[] {
  return Array.from({ length: reader.int16() }, () => reader[kind]());
}
