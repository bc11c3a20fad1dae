import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawClient, send } from './raw-client.ts';
import { useStandin } from './served.ts';

const { parse, bind, describe: describeIt, execute, close, sync, flush, query } = send;

describe('the extended protocol', () => {
  const standin = useStandin();
  let client: RawClient;
  beforeEach(async () => {
    client = await RawClient.open(standin.address);
  });
  afterEach(() => client.vanish());
  const ask = async (...messages: Buffer[]): Promise<string[]> => await client.ask(1, ...messages);

  it('keeps the unnamed statement while others are parsed and looked up', async () => {
    await ask(query('CREATE TABLE kept (a INT PRIMARY KEY, b STRING)'));
    await ask(parse('SELECT b FROM kept WHERE a = $1'), describeIt('S'), sync());
    await ask(
      parse('UPSERT INTO kept VALUES ($1, $2)', 'other'),
      bind(['1', 'x'], { name: 'other' }),
      execute(),
      sync(),
    );
    expect(await ask(bind(['1']), execute(), sync())).toEqual(['bound', 'row x', 'SELECT 1', 'ready I']);
    await ask(query('SELECT 1'));
    expect(await ask(bind(['1']), sync())).toEqual(['26000 unknown prepared statement ""', 'ready I']);
  });

  it('holds no table after Sync, whether a statement was described, or bound and not executed', async () => {
    await ask(query('CREATE TABLE free (a INT PRIMARY KEY)'));
    await ask(parse('SELECT a FROM free', 'reads'), describeIt('S', 'reads'), sync());
    await ask(bind([], { name: 'reads', portal: 'p' }), describeIt('P', 'p'), sync());
    expect((await standin.client.ask({ sql: 'DROP TABLE free' })).answers[0]?.tag).toBe('DROP TABLE');
  });

  it('lets a table be dropped in the transaction that has read it by a portal', async () => {
    await ask(query('CREATE TABLE first (a INT PRIMARY KEY); BEGIN; INSERT INTO first VALUES (1), (2)'));
    const read = [parse('SELECT a FROM first'), bind([], { portal: 'p' })];
    expect(await ask(...read, execute('p', 5), sync())).toContain('SELECT 2');
    expect(await ask(bind([], { portal: 'q' }), execute('q', 1), close('P', 'q'), sync())).toContain('suspended');
    expect(await ask(query('DROP TABLE first'))).toEqual(['DROP TABLE', 'ready T']);
    await ask(query('ROLLBACK'));
  });

  it('continues a portal, and answers nothing else before it ends', async () => {
    const begin = [
      query('BEGIN'),
      parse('SELECT x FROM generate_series(1, 3) AS g (x)'),
      bind(),
      execute('', 2),
      sync(),
    ];
    expect((await client.ask(2, ...begin)).slice(-4)).toEqual(['row 1', 'row 2', 'suspended', 'ready T']);
    expect(await ask(execute('', 2), sync())).toEqual(['row 3', 'SELECT 1', 'ready T']);
    expect(await ask(execute('', 2), sync())).toEqual(['SELECT 0', 'ready T']);
    await ask(bind(), execute('', 1), sync());
    const refused = '0A000 unimplemented: multiple active portals not supported';
    expect(await ask(query('SELECT 1'))).toEqual([refused, 'ready E']);
    await ask(query('ROLLBACK'));
    await client.ask(2, ...begin);
    expect(await ask(query('COMMIT'))).toEqual(['COMMIT', 'ready I']);
  });

  it('ends portals with their transaction, and takes each name once', async () => {
    await ask(parse('SELECT 1', 'one'), parse('SELECT 2', 'two'), sync());
    const both = [bind([], { name: 'one', portal: 'a' }), bind([], { name: 'two', portal: 'b' })];
    expect(await ask(...both, execute('a'), execute('b'), sync())).toEqual([
      ...['bound', 'bound', 'row 1', 'SELECT 1'],
      ...['34000 unknown portal "b"', 'ready I'],
    ]);
    const twice = [bind([], { name: 'one', portal: 'a' }), bind([], { name: 'one', portal: 'a' })];
    expect(await ask(...twice, sync())).toEqual(['bound', '42P03 portal "a" already exists', 'ready I']);
  });

  it('executes and drops by SQL what was prepared by messages', async () => {
    await ask(parse('SELECT $1::INT + 1', 'adds'), sync());
    expect(await ask(query('EXECUTE adds (4)'))).toContain('row 5');
    expect(await ask(query('DEALLOCATE adds'))).toEqual(['DEALLOCATE', 'ready I']);
    expect(await ask(bind(['1'], { name: 'adds' }), sync())).toEqual([
      '26000 unknown prepared statement "adds"',
      'ready I',
    ]);
    expect(await ask(query('DEALLOCATE adds'))).toEqual(['26000 prepared statement "adds" does not exist', 'ready I']);
    await ask(parse('SELECT 1', 'adds'), parse('SHOW SAVEPOINT STATUS', 'shows'), sync());
    expect(await ask(query('DEALLOCATE shows; DEALLOCATE ALL'))).toEqual(['DEALLOCATE', 'DEALLOCATE ALL', 'ready I']);
    expect(await ask(parse('SELECT 1', 'adds'), parse('SELECT 1', 'shows'), sync())).not.toContain('ready E');
  });

  it.each([
    ['SELECT $1', [20], '4', 'row 4'],
    ['SELECT $1, $1', [25], 'a', 'row a a'],
    ['SELECT $1', [705], 'a', '42P18 could not determine data type of placeholder $1'],
    ['SELECT $1', [999999], 'a', '08P01 unknown oid type: 999999'],
  ])('%s with the types %j', async (sql, types, value, expected) => {
    expect(await ask(parse(sql, '', types), bind([value]), execute(), sync())).toContain(expected);
  });

  it.each([
    [['1', '2'], [], '08P01 expected 1 arguments, got 2'],
    [['1'], [0, 0, 0], '08P01 expected 0, 1, or 1 for number of format codes, got 3'],
  ])('refuses %j with the formats %j', async (values, formats, expected) => {
    expect(await ask(parse('SELECT $1::INT'), bind(values, { formats }), sync())).toContain(expected);
  });

  it.each([
    ['executed', [bind(['7']), execute()], ['bound', 'row 8', 'SELECT 1']],
    ['described first', [bind(['7']), describeIt('P'), execute()], ['bound', 'columns', 'row 8', 'SELECT 1']],
    ['described twice', [bind(['7']), describeIt('P'), describeIt('P')], ['bound', 'columns', 'columns']],
    ['only bound', [bind(['7']), flush()], ['bound']],
    [
      'described after another one',
      [bind(['1'], { portal: 'a' }), bind(['2']), describeIt('P', 'a')],
      ['bound', 'bound', 'columns'],
    ],
    ['closed', [bind(['7'], { portal: 'a' }), close('P', 'a')], ['bound', 'closed it']],
    ['with a wrong value', [bind(['x']), describeIt('P'), execute()], ['08P01']],
    ['with a wrong value, then another statement', [bind(['x']), parse('SELECT 1', 'later')], ['08P01']],
    ['that fails', [bind(['9223372036854775807']), execute()], ['bound', '22003']],
  ])('answers each message for a portal that is %s', async (_, messages, expected) => {
    const sql = parse('SELECT $1::INT8 + a FROM generate_series(1, 1) AS g (a)');
    const told = (await ask(sql, ...messages, sync())).map(
      (words) => /^(columns|0\w{4}|22\w{3})/.exec(words)?.[0] ?? words,
    );
    expect(told).toEqual(['parsed', ...expected, 'ready I']);
    expect(await ask(query('SELECT 1'))).toContain('row 1');
  });

  it('writes integers as wide in binary as their type says', async () => {
    const seen = await ask(
      parse('SELECT ARRAY[1, NULL], 2'),
      bind([], { formats: [1] }),
      describeIt('P'),
      execute(),
      sync(),
    );
    expect(seen[2]).toBe('columns array 1016 binary,?column? 20 binary');
    const head = '00000001' + '00000001' + '00000014' + '00000002' + '00000001';
    expect(seen[3]).toBe(`row ${head}00000008${'1'.padStart(16, '0')}ffffffff ${'2'.padStart(16, '0')}`);
  });

  it('takes JSON for JSONB, as text and in binary', async () => {
    const compare = parse('SELECT \'{"a": 1, "b": 2}\'::JSONB @> $1, $2::INT', '', [114, 0]);
    for (const value of ['{"a": 1}', Buffer.from('{"a": 1}')])
      expect(await ask(compare, bind([value, '7']), execute(), sync())).toContain('row t 7');
  });

  it('writes its own answers in binary', async () => {
    await ask(query('BEGIN; SAVEPOINT a'));
    const seen = await ask(
      parse('SHOW SAVEPOINT STATUS'),
      bind([], { formats: [1] }),
      describeIt('P'),
      execute(),
      sync(),
    );
    expect(seen.slice(2, 4)).toEqual(['columns savepoint_name 25 binary,is_initial_savepoint 16 binary', 'row a 01']);
  });

  it('takes no rows of COPY, and no query before Sync once something has failed', async () => {
    await ask(query('CREATE TABLE rows_to_copy (a INT)'));
    expect(await ask(parse('COPY rows_to_copy FROM STDIN'), bind(), execute(), sync())).toEqual([
      'XXUUU CopyFrom not supported in extended protocol mode',
      'ready I',
    ]);
    expect(await client.ask(2, parse('SELEC'), flush(), query('SELECT 9'), sync())).toEqual([
      '42601 at or near "selec": syntax error',
      ...['ready I', 'ready I'],
    ]);
  });
});
