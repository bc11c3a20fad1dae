import { describe, expect, it } from 'vitest';
import * as catalog from '../../src/catalog/catalog.ts';
import { signaturesOf } from '../../src/catalog/signatures.ts';
import { useStandin } from './served.ts';

const served = useStandin();

/** The codes with which an answer says that the statement names what does not exist. */
const BLAME = ['42883', '42P01', '42704', '42846', '42601', '42703', '42725'];

/** Returns the statements whose answer blames them for something that CockroachDB has, each with the answer. */
async function blamed(statements: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const sql of statements) {
    const { error } = await served.client.ask({ sql });
    if (!error) continue;
    const isBlame = BLAME.includes(error.code) || /^(unsupported|unknown)/.test(error.message);
    if (isBlame || error.code === 'LOST') found.push(`${sql}: ${error.code} ${error.message}`);
  }
  return found;
}

/** They end the server, as they should, or raise the error that one asks for. */
const SKIPPED = /^crdb_internal\.(force_|read_file|write_file|complete_stream|unsafe_)/;
/** The types that no signature can be tried with: a NULL without a type takes their place. */
const UNTYPED = /^any|^tuple|^geo|^box2d|^collated/;

function nullOf(type: string): string {
  const name = type.replace('...', '');
  if (UNTYPED.test(name)) return name.endsWith('[]') && !UNTYPED.test(name.slice(0, 3)) ? `NULL::${name}` : 'NULL';
  return `NULL::${name}`;
}

async function calls(): Promise<string[]> {
  const names = Object.keys(await catalog.functions()).filter((name) => !SKIPPED.test(name));
  const signatures = await Promise.all(names.map(async (name) => [name, (await signaturesOf(name))!] as const));
  return signatures.flatMap(([name, each]) => each.map((types) => `SELECT ${name}(${types.map(nullOf).join(', ')})`));
}

/** Returns statements that try each operator with NULLs of the types of its operands. */
async function operations(): Promise<string[]> {
  const typed = (type: string): string => (/^any(?!array)|^record$/.test(type) ? 'NULL' : `NULL::${sqlType(type)}`);
  return Object.entries(await catalog.operators()).flatMap(([sign, operands]) =>
    operands.split(', ').map((types) => {
      const [left = '', right] = types.split(' ');
      return right === undefined ? `SELECT ${sign} ${typed(left)}` : `SELECT ${typed(left)} ${sign} ${typed(right)}`;
    }),
  );
}

/** Returns a type of pg_type as one writes it: `_int8` as `int8[]`. */
function sqlType(name: string): string {
  if (name === 'anyarray') return 'int8[]';
  return name.startsWith('_') ? `${sqlType(name.slice(1))}[]` : name === 'char' ? '"char"' : name;
}

describe('what CockroachDB has', () => {
  it('every function answers or is refused by name', async () => {
    expect(await blamed(await calls())).toEqual([]);
  });

  it('every operator', async () => {
    expect(await blamed(await operations())).toEqual([]);
  });

  it('every cast', async () => {
    const casts = Object.entries(await catalog.casts());
    const statements = casts.flatMap(([from, to]) => to.split(' ').map((type) => `SELECT NULL::${from}::${type}`));
    expect(await blamed(statements)).toEqual([]);
  });

  it('every type', async () => {
    const statements = Object.keys(await catalog.types()).map((name) => `SELECT NULL::${sqlType(name)}`);
    expect(await blamed(statements)).toEqual([]);
  });

  it('every virtual table with its columns', async () => {
    const statements = Object.entries(await catalog.virtualTables()).map(([table, columns]) => {
      const names = columns.split(', ').map((column) => `"${column.split(' ')[0]}"`);
      return `SELECT ${names.join(', ')} FROM ${table} LIMIT 0`;
    });
    expect(await blamed(statements)).toEqual([]);
  });

  it('every session variable', async () => {
    const names = Object.keys(await catalog.sessionVariables());
    expect(await blamed(names.flatMap((name) => [`SHOW ${name}`, `RESET ${name}`]))).toEqual([]);
  });

  it('every cluster setting', async () => {
    const names = Object.keys(await catalog.clusterSettings());
    expect(await blamed(names.map((name) => `SHOW CLUSTER SETTING ${name}`))).toEqual([]);
  });
});

describe("what PostgreSQL has and CockroachDB does not is CockroachDB's error", () => {
  it.each([
    ['SELECT * FROM pg_stat_user_tables', '42P01 relation "pg_stat_user_tables" does not exist'],
    ['SELECT * FROM pg_catalog.pg_stats', '42P01 relation "pg_catalog.pg_stats" does not exist'],
    ['SELECT * FROM information_schema.domains', '42P01 relation "information_schema.domains" does not exist'],
    ['SELECT NULL::INT4RANGE', '42704 type "int4range" does not exist'],
    ['SELECT 1::MONEY', '0A000 at or near "EOF": syntax error: unimplemented: this syntax'],
    ['CREATE TABLE m (a POINT, b INT)', '0A000 at or near ",": syntax error: unimplemented: this syntax'],
    ["SELECT 'a b'::TSVECTOR[]", '0A000 at or near "[": syntax error: unimplemented: this syntax'],
  ])('%s', async (sql, message) => {
    const { error } = await served.client.ask({ sql });
    expect(`${error?.code} ${error?.message}`).toBe(message);
  });
});
