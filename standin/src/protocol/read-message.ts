import { SQLSTATE } from './sqlstate.ts';
import type { ErrorFields } from './statement-error.ts';
import type { Column } from './columns.ts';

/** Reads the parts of a message one after the other. Throws RangeError where the message is too short. */
export class Cursor {
  readonly body: Buffer;
  at = 0;

  constructor(body: Buffer) {
    this.body = body;
  }

  int16(): number {
    const value = this.body.readInt16BE(this.at);
    this.at += 2;
    return value;
  }

  int32(): number {
    const value = this.body.readInt32BE(this.at);
    this.at += 4;
    return value;
  }

  text(): string {
    const end = this.body.indexOf(0, this.at);
    if (end < 0) throw new RangeError('a string of the message has no end');
    const value = this.body.toString('utf8', this.at, end);
    this.at = end + 1;
    return value;
  }

  bytes(size: number): Buffer {
    if (size < 0 || this.at + size > this.body.length) throw new RangeError('a value of the message is longer than it');
    this.at += size;
    return this.body.subarray(this.at - size, this.at);
  }
}

/** The columns of a RowDescription. */
export function readColumns(body: Buffer): Column[] {
  const cursor = new Cursor(body);
  return Array.from({ length: cursor.int16() }, () => ({
    name: cursor.text(),
    table: cursor.int32(),
    attribute: cursor.int16(),
    oid: cursor.int32(),
    size: cursor.int16(),
    modifier: cursor.int32(),
    format: cursor.int16(),
  }));
}

/** The values of a DataRow. */
export function readRow(body: Buffer): (Buffer | null)[] {
  const cursor = new Cursor(body);
  return Array.from({ length: cursor.int16() }, () => {
    const size = cursor.int32();
    return size < 0 ? null : cursor.bytes(size);
  });
}

/**
 * An ErrorResponse or NoticeResponse as PostgreSQL sent it about `sql`. `position` counts from 1, in units of
 * JavaScript's strings.
 */
export function readProblem(
  body: Buffer,
  sql = '',
): ErrorFields & { position?: number; table?: string; column?: string } {
  const cursor = new Cursor(body);
  const fields = new Map<string, string>();
  while (body[cursor.at]) fields.set(String.fromCharCode(body[cursor.at++]!), cursor.text());
  const position = fields.get('P');
  return {
    severity: fields.get('S'),
    code: fields.get('C') ?? SQLSTATE.internalError,
    message: fields.get('M') ?? '',
    detail: fields.get('D'),
    hint: fields.get('H'),
    constraint: fields.get('n'),
    table: fields.get('t'),
    column: fields.get('c'),
    position: position === undefined ? undefined : [...sql].slice(0, Number(position) - 1).join('').length + 1,
  };
}
