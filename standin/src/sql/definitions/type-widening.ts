/** A type as SHOW prints it, in parts: `DECIMAL(10,2)` is DECIMAL with 10 and 2. */
interface ShownType {
  name: string;
  limits: number[];
}

const INTEGERS = ['INT2', 'INT4', 'INT8'];
const STRINGS = ['STRING', 'VARCHAR', 'CHAR'];
const LIMITED = ['DECIMAL', 'BYTES', 'BIT', 'VARBIT', 'TIME', 'TIMETZ', 'TIMESTAMP', 'TIMESTAMPTZ', 'INTERVAL'];
/** The precision of times without one. */
const MICROSECONDS = 6;

/**
 * Whether a column can have another type with its values as they are: CockroachDB calls that change trivial
 * (pkg/sql/schemachange/alter_column_type.go). Both types are as SHOW prints them.
 */
export function isWidening(from: string, to: string): boolean {
  const [before, after] = [read(from), read(to)];
  if (!before || !after) return false;
  if (INTEGERS.includes(before.name) && INTEGERS.includes(after.name))
    return INTEGERS.indexOf(after.name) >= INTEGERS.indexOf(before.name);
  const areStrings = STRINGS.includes(before.name) && STRINGS.includes(after.name);
  const areSame = before.name === after.name && LIMITED.includes(after.name);
  if (!areStrings && !areSame) return false;
  const isTime = /^(TIME|INTERVAL)/.test(after.name);
  return [0, 1].every((i) => {
    const [old, next] = [before.limits[i], after.limits[i]];
    if (isTime && i === 0) return (next ?? MICROSECONDS) >= (old ?? MICROSECONDS);
    return old === undefined || next === undefined || next >= old;
  });
}

function read(type: string): ShownType | undefined {
  const [, name, limits] = /^(\w+)(?:\(([\d,]+)\))?$/.exec(type) ?? [];
  return name === undefined ? undefined : { name, limits: limits?.split(',').map(Number) ?? [] };
}
