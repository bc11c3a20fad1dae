/**
 * What CockroachDB v21.1 has: its functions, operators, casts, types, variables, cluster settings and virtual tables,
 * as recorded from it (`pg_catalog`, `crdb_internal`, `SHOW ALL`). Each list is read when it is first needed.
 */

/** A list by name, each entry as the files next to this module write it. */
type Entries = Readonly<Record<string, string>>;

/** Remembers what a loader returned. */
function once<T>(load: () => Promise<{ default: T }>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load().then((module) => module.default));
}

/** Functions by name: their signatures, as `string, int -> string | bytes, int -> bytes`. */
export const functions = once<Entries>(() => import('./functions.json', { with: { type: 'json' } }));
/** Operators by sign: the types of their operands, as `int8 int8, text text`; one type for a unary operator. */
export const operators = once<Entries>(() => import('./operators.json', { with: { type: 'json' } }));
/** By type: the types that a value of it can be cast to, of twenty types. */
export const casts = once<Entries>(() => import('./casts.json', { with: { type: 'json' } }));
/** The oids of types, by their names in pg_type. */
export const types = once<Readonly<Record<string, number>>>(() => import('./types.json', { with: { type: 'json' } }));
/** Session variables: their values in a new session. */
export const sessionVariables = once<Entries>(() => import('./session-variables.json', { with: { type: 'json' } }));
/** Virtual tables by schema and name, and those of database system: their columns, as `id INT8, name STRING`. */
export const virtualTables = once<Entries>(() => import('./virtual-tables.json', { with: { type: 'json' } }));

/** Cluster settings by name: the letter of their type, `public` or `reserved`, and their value in a new cluster. */
export const clusterSettings = once<Entries>(() => import('./cluster-settings.json', { with: { type: 'json' } }));

/** Returns the entry with this name; undefined when there is none. */
export function entry<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
