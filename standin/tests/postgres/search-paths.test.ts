import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const OBJECTS = join(import.meta.dirname, '..', '..', 'src', 'postgres', 'objects');

/** The search_path of every function that has its own: [file, path]. */
const PATHS = readdirSync(OBJECTS)
  .filter((file) => file.endsWith('.sql'))
  .flatMap((file) =>
    [
      ...readFileSync(join(OBJECTS, file), 'utf8').matchAll(/\bSET search_path = ((?:\w+, )*\w+)(?=\s+(?:AS|SET)\b)/g),
    ].map(([, path]) => [file, path!] as const),
  );

describe('the search paths of functions', () => {
  // Where a path does not name pg_temp, PostgreSQL looks for tables there first: a client's temporary view with the
  // name of a catalog would run as the owner of the function, or of the function that calls it
  // (postgresql.org/docs/18/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY).
  it.each(PATHS)('end with pg_temp in %s: %s', (_, path) => {
    expect(path).toMatch(/, pg_temp$/);
  });

  it('belong to every function that runs as its owner', () => {
    const definers = readdirSync(OBJECTS).flatMap((file) =>
      readFileSync(join(OBJECTS, file), 'utf8')
        .split('\n')
        .filter((line) => line.includes('SECURITY DEFINER')),
    );
    expect(definers).not.toEqual([]);
    expect(definers.filter((line) => !line.includes('SET search_path = '))).toEqual([]);
  });
});
