/** The types that CockroachDB has as one, by PostgreSQL's names and by its own. */
const FAMILIES = new Map<string, string>();
for (const [family, ...names] of [
  'bool boolean',
  'int int2 int4 int8 integer bigint smallint int64 serial',
  'float float4 float8 real double#precision',
  'decimal numeric dec',
  'string text varchar bpchar char name "char" character character#varying collatedstring{*} citext',
  'bytes bytea blob',
  'timestamp timestamp#without#time#zone',
  'timestamptz timestamp#with#time#zone',
  'time time#without#time#zone',
  'timetz time#with#time#zone',
  'jsonb json',
  'varbit bit bit#varying',
  'tuple record',
  'oid regclass regproc regprocedure regtype regnamespace',
].map((line) => line.split(' ').map((name) => name.replaceAll('#', ' '))))
  for (const name of [family!, ...names]) FAMILIES.set(name, family!);

/** The types that are families of their own; any other name is that of a user's type. */
const ALONE = new Set('date interval uuid inet oid geometry geography box2d unknown'.split(' '));

/** Whether a type is one that a user has created: an enumeration. */
export function isUsersType(type: string): boolean {
  const family = typeFamily(type);
  return !family.endsWith('[]') && !FAMILIES.has(family) && !ALONE.has(family);
}

/**
 * Returns CockroachDB's name for a type in its messages: `int` for `bigint` and `INT2`, `string` for `varchar(5)`. An
 * array is its element's name and `[]`.
 */
export function typeFamily(type: string): string {
  const name = type
    .toLowerCase()
    .replace(/^(?:pg_catalog|crdb|public)\./, '')
    .replace(/^"(.*)"$/, (quoted, inner: string) => (inner === 'char' ? quoted : inner))
    .replace(/ ?\(\d+(?:,\d+)?\)/, '');
  if (name.endsWith('[]')) return `${typeFamily(name.slice(0, -2))}[]`;
  if (name.startsWith('_')) return `${typeFamily(name.slice(1))}[]`;
  return FAMILIES.get(name) ?? name;
}
