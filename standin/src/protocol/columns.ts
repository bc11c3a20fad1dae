/** A column as RowDescription reports it (postgresql.org/docs/18/protocol-message-formats.html). */
export interface Column {
  name: string;
  /** The oid of its type, as in PostgreSQL's pg_type. */
  oid: number;
  /** The oid of the table it comes from, and its number there; 0 or undefined when it comes from none. */
  table?: number;
  attribute?: number;
  /** Bytes; negative for types of variable length. */
  size?: number;
  modifier?: number;
  /** 0 for text, 1 for binary. */
  format?: number;
}

/** The types of columns that the stand-in reports itself, with PostgreSQL's oids (its catalog pg_type). */
export const TYPE = {
  bool: 16,
  name: 19,
  int8: 20,
  int4: 23,
  text: 25,
  nameArray: 1003,
  float4: 700,
  float8: 701,
  int4Array: 1007,
  textArray: 1009,
  int8Array: 1016,
  float4Array: 1021,
  float8Array: 1022,
  timestamp: 1114,
  timestamptz: 1184,
  timestamptzArray: 1185,
  interval: 1186,
  numericArray: 1231,
  timetz: 1266,
  timetzArray: 1270,
  numeric: 1700,
  regtype: 2206,
  uuid: 2950,
  jsonb: 3802,
} as const;

/** Returns columns with these names and types, in this order. */
export function columnsOf(types: Record<string, keyof typeof TYPE>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, oid: TYPE[type] }));
}
