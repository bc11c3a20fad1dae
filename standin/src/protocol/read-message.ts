import { BodyReader } from './body-reader.ts';
import type { Column } from './columns.ts';
import { SQLSTATE } from './sqlstate.ts';
import type { ErrorFields } from './statement-error.ts';

/** Returns the columns of a RowDescription. */
export function readColumns(body: Buffer): Column[] {
  const reader = new BodyReader(body);
  const columns: Column[] = [];
  for (let count = reader.int16(); count > 0; count--)
    columns.push({
      name: reader.text(),
      table: reader.int32(),
      attribute: reader.int16(),
      oid: reader.int32(),
      size: reader.int16(),
      modifier: reader.int32(),
      format: reader.int16(),
    });
  return columns;
}

/** Returns the values of a DataRow. */
export function readRow(body: Buffer): (Buffer | null)[] {
  const reader = new BodyReader(body);
  const values: (Buffer | null)[] = [];
  for (let count = reader.int16(); count > 0; count--) {
    const size = reader.int32();
    values.push(size < 0 ? null : reader.bytes(size));
  }
  return values;
}

/** Reads pairs of names and values up to the empty name that ends them, as in a StartupMessage. */
export function readParameters(reader: BodyReader): Map<string, string> {
  const parameters = new Map<string, string>();
  while (!reader.ended && reader.body[reader.at] !== 0) parameters.set(reader.text(), reader.text());
  return parameters;
}

/**
 * Returns an ErrorResponse or NoticeResponse that PostgreSQL sent about `sql`. `position` counts from 1, in units of
 * JavaScript's strings.
 */
export function readError(
  body: Buffer,
  sql = '',
): ErrorFields & { position?: number; column?: string; where?: string; routine?: string } {
  const reader = new BodyReader(body);
  const fields = new Map<string, string>();
  while (!reader.ended && body[reader.at] !== 0) fields.set(reader.letter(), reader.text());
  const position = fields.get('P');
  const table = fields.get('t');
  return {
    severity: fields.get('S'),
    code: fields.get('C') ?? SQLSTATE.internalError,
    message: fields.get('M') ?? '',
    detail: fields.get('D'),
    hint: fields.get('H'),
    constraint: fields.get('n'),
    table: table === undefined ? undefined : [fields.get('s') ?? 'public', table],
    column: fields.get('c'),
    where: fields.get('W'),
    routine: fields.get('R'),
    position: position === undefined ? undefined : [...sql].slice(0, Number(position) - 1).join('').length + 1,
  };
}
