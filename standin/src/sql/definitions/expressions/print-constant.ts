import { quoteText } from '../../text/quoting.ts';
import { UnreadableExpression } from './expression.ts';

/**
 * A part of a printed expression: text, a column's name, which follows its renaming, or a query of PostgreSQL for the
 * text of a constant as its type prints it.
 */
export type Piece = string | { column: string } | { sql: string };

/** Types whose constants CockroachDB prints in their canonical form, with PostgreSQL's names. */
const CANONICAL = new Map([
  ['DATE', 'date'],
  ['TIME', 'time'],
  ['TIMETZ', 'timetz'],
  ['TIMESTAMP', 'timestamp'],
  ['TIMESTAMPTZ', 'timestamptz'],
  ['INTERVAL', 'interval'],
  ['JSONB', 'jsonb'],
  ['UUID', 'uuid'],
  ['INET', 'inet'],
  ['BYTES', 'bytea'],
]);
const NUMBERS = ['INT8', 'DECIMAL', 'FLOAT8', 'OID'];

/** Prints a number as a constant of this type, or of its own type when `type` is no number's. */
export function printNumber(text: string, type: string | undefined): Piece[] {
  const isInteger = /^\d+$/.test(text);
  const own = isInteger ? 'INT8' : 'DECIMAL';
  const wanted = type !== undefined && NUMBERS.includes(type) && !(type === 'INT8' && !isInteger) ? type : own;
  if (wanted === 'FLOAT8') return [`${floatText(Number(text))}:::FLOAT8`];
  if (/[eE]/.test(text)) throw new UnreadableExpression();
  return [`${text.replace(/^\./, '0.').replace(/\.$/, '')}:::${wanted}`];
}

/** Go's `%g`, with one decimal for round numbers below a million. */
function floatText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? value.toFixed(1) : String(value);
}

/** Prints a text as a constant of this type; a string without one. */
export function printText(value: string, type = 'STRING'): Piece[] {
  if (type === 'STRING') return [`${stringText(value)}:::STRING`];
  if (type === 'BOOL') return [/^(?:t|true|on|y|yes|1)$/i.test(value.trim()) ? 'true' : 'false'];
  if (NUMBERS.includes(type) && /^\d+(?:\.\d+)?$/.test(value)) return printNumber(value, type);
  // A type of the database's own, with its schema.
  if (type.includes('.')) return [`${stringText(value)}:::${type}`];
  const cast = CANONICAL.get(type);
  if (cast === undefined) throw new UnreadableExpression();
  const minutes = type === 'TIMESTAMPTZ' ? ` || ':00'` : '';
  const constant = `${quoteText(value)}::pg_catalog.${cast}`;
  // Its text would have escapes, which CockroachDB does not write.
  if (type === 'BYTES') return [{ sql: `'''' || (${constant})::pg_catalog.text || ''''` }, ':::BYTES'];
  const text = type === 'INET' ? `pg_catalog.abbrev(${constant})` : `(${constant})::pg_catalog.text${minutes}`;
  return [{ sql: `pg_catalog.quote_literal(${text})` }, `:::${type}`];
}

/** A string as CockroachDB writes it: with escapes when it holds a quote, a backslash or a control character. */
export function stringText(value: string): string {
  if (!/['\\\n\r\t]/.test(value)) return `'${value}'`;
  const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `e'${value.replace(/['\\\n\r\t]/g, (char) => escapes[char] ?? `\\${char}`)}'`;
}
