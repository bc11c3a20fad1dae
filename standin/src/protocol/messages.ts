import type { Column } from './columns.ts';
import { encode, int16, int32, text } from './encode.ts';
import { CLIENT, SERVER } from './message-types.ts';
import type { ErrorFields } from './statement-error.ts';

/** A simple Query of one or more statements. */
export const query = (sql: string): Buffer => encode(CLIENT.query, text(sql));

/** Sync: ends a group of messages that belong together in the extended protocol. */
export const sync = (): Buffer => encode(CLIENT.sync);

/** Flush: asks for the pending answers. */
export const flush = (): Buffer => encode(CLIENT.flush);

/** ReadyForQuery, with the state of the transaction. */
export const ready = (status: string): Buffer => encode(SERVER.readyForQuery, status);

/** CommandComplete with its tag, as `INSERT 0 1`. */
export const complete = (tag: string): Buffer => encode(SERVER.commandComplete, text(tag));

/** ParameterStatus: reports a setting of the session to the client. */
export const parameterStatus = (name: string, value: string): Buffer =>
  encode(SERVER.parameterStatus, text(name), text(value));

/** An ErrorResponse. */
export const errorResponse = (fields: ErrorFields): Buffer => fieldsMessage(SERVER.errorResponse, fields);

/** A NoticeResponse. */
export const noticeResponse = (fields: ErrorFields): Buffer => fieldsMessage(SERVER.noticeResponse, fields);

/** Field types from postgresql.org/docs/18/protocol-error-fields.html. */
function fieldsMessage(type: string, fields: ErrorFields): Buffer {
  const typed: [string, string | undefined][] = [
    ['S', fields.severity ?? 'ERROR'],
    ['C', fields.code],
    ['M', fields.message],
    ['D', fields.detail],
    ['H', fields.hint],
    ['n', fields.constraint],
  ];
  const parts = typed.flatMap(([key, value]) => (value === undefined ? [] : [key, text(value)]));
  return encode(type, ...parts, Buffer.alloc(1));
}

/** A RowDescription. */
export function rowDescription(columns: Column[]): Buffer {
  const parts = columns.flatMap((column) => [text(column.name), columnFacts(column)]);
  return encode(SERVER.rowDescription, int16(columns.length), ...parts);
}

/** What follows a column's name in a RowDescription. */
function columnFacts({ table = 0, attribute = 0, oid, size = -1, modifier = -1, format = 0 }: Column): Buffer {
  const facts = Buffer.allocUnsafe(18);
  facts.writeInt32BE(table | 0, 0);
  facts.writeInt16BE(attribute, 4);
  facts.writeInt32BE(oid | 0, 6);
  facts.writeInt16BE(size, 10);
  facts.writeInt32BE(modifier | 0, 12);
  facts.writeInt16BE(format, 16);
  return facts;
}

/** A DataRow. */
export function dataRow(values: (string | Buffer | null)[]): Buffer {
  const parts = values.flatMap((value) => {
    if (value === null) return [int32(-1)];
    return [int32(typeof value === 'string' ? Buffer.byteLength(value, 'utf8') : value.length), value];
  });
  return encode(SERVER.dataRow, int16(values.length), ...parts);
}
