import type { Column } from './columns.ts';
import type { ErrorFields } from './statement-error.ts';

/** Messages of PostgreSQL's protocol 3.0, as bytes (postgresql.org/docs/18/protocol-message-formats.html). */
export function message(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part));
  const size = body.reduce((sum, part) => sum + part.length, 4);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(size, 1);
  return Buffer.concat([head, ...body], size + 1);
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
}

/** A string as the protocol ends one. A NUL inside would end it early, so it is cut there. */
export function text(value: string): Buffer {
  return Buffer.from(`${value.split('\0', 1)[0]}\0`, 'utf8');
}

export const query = (sql: string): Buffer => message('Q', text(sql));
export const sync = (): Buffer => message('S');
export const flush = (): Buffer => message('H');
export const ready = (status: string): Buffer => message('Z', status);
export const complete = (tag: string): Buffer => message('C', text(tag));
export const parameterStatus = (name: string, value: string): Buffer => message('S', text(name), text(value));

/** An ErrorResponse (`E`) or NoticeResponse (`N`). */
export function problemMessage(type: 'E' | 'N', problem: ErrorFields): Buffer {
  const fields: [string, string | undefined][] = [
    ['S', problem.severity ?? 'ERROR'],
    ['C', problem.code],
    ['M', problem.message],
    ['D', problem.detail],
    ['H', problem.hint],
    ['n', problem.constraint],
  ];
  const parts = fields.flatMap(([key, value]) => (value === undefined ? [] : [key, text(value)]));
  return message(type, ...parts, Buffer.alloc(1));
}

export function rowDescription(columns: Column[]): Buffer {
  const parts = columns.flatMap((column) => [
    text(column.name),
    int32(column.table ?? 0),
    int16(column.attribute ?? 0),
    int32(column.oid),
    int16(column.size ?? -1),
    int32(column.modifier ?? -1),
    int16(column.format ?? 0),
  ]);
  return message('T', int16(columns.length), ...parts);
}

export function dataRow(values: (string | Buffer | null)[]): Buffer {
  const parts = values.flatMap((value) => {
    if (value === null) return [int32(-1)];
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    return [int32(bytes.length), bytes];
  });
  return message('D', int16(values.length), ...parts);
}
