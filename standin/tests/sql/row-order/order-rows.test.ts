import { describe, expect, it } from 'vitest';
import { orderRows } from '../../../src/sql/row-order/order-rows.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { TextEdits } from '../../../src/sql/text/text-edits.ts';
import { keyOf, type IndexShape, type TableShapes } from '../../../src/sql/translation/table-shape.ts';

const index = (...names: string[]): IndexShape => ({
  columns: names.map((name) => ({ name, descending: name === 'late', nullable: name !== 'id' })),
  isUnique: names.includes('id'),
  stored: [],
});
const shapes: TableShapes = new Map([
  [keyOf(['users']), { columns: ['id', 'name', 'city'], hidden: [], indexes: [index('id'), index('city')] }],
  [keyOf(['rides']), { columns: ['id', 'rider', 'late'], hidden: [], indexes: [index('id'), index('late')] }],
  [keyOf(['stops']), { columns: ['id', 'ride', 'city'], hidden: [], indexes: [index('id', 'ride'), index('city')] }],
  [keyOf(['keyless']), { columns: ['a'], hidden: [], indexes: [] }],
]);

function ordered(source: string): string {
  const edits = new TextEdits(source);
  orderRows(parseStatement(source), shapes, edits);
  return edits
    .apply()
    .trim()
    .replace(/ +/g, ' ')
    .replaceAll(/coalesce\(("\w+"\."\w+"), \1\)/g, '$1');
}

const BY_ID = 'ORDER BY "users"."id"';

describe('rows that nobody ordered', () => {
  it.each([
    ['SELECT * FROM users', `SELECT * FROM users ${BY_ID}`],
    ['SELECT * FROM users WHERE name > 1 LIMIT 3', `SELECT * FROM users WHERE name > 1 ${BY_ID} LIMIT 3`],
    ['SELECT name FROM users AS u FOR UPDATE', 'SELECT name FROM users AS u ORDER BY "u"."id" FOR UPDATE'],
    [
      "SELECT name FROM users WHERE city = 'x'",
      `SELECT name FROM users WHERE city = 'x' ORDER BY "users"."city" NULLS FIRST, "users"."id"`,
    ],
    ['SELECT name, row_number() OVER () FROM users', `SELECT name, row_number() OVER ( ${BY_ID}) FROM users`],
    [
      'SELECT lag(name) OVER (PARTITION BY city), rank() OVER (), sum(id) OVER (PARTITION BY city) FROM users',
      `SELECT lag(name) OVER (PARTITION BY city ${BY_ID}), rank() OVER (), sum(id) OVER (PARTITION BY city) FROM users`,
    ],
    [
      'SELECT sum(id) OVER (ROWS 1 PRECEDING), lag(name) OVER w FROM users WINDOW w AS ()',
      `SELECT sum(id) OVER (${BY_ID} ROWS 1 PRECEDING), lag(name) OVER w FROM users WINDOW w AS ()`,
    ],
    ['SELECT name FROM users ORDER BY name', 'SELECT name FROM users ORDER BY name, "users"."id"'],
    ['INSERT INTO x SELECT * FROM users', `INSERT INTO x SELECT * FROM users ${BY_ID}`],
    ['INSERT INTO x SELECT * FROM users RETURNING id', `INSERT INTO x SELECT * FROM users ${BY_ID} RETURNING id`],
    ['WITH u AS (SELECT * FROM users) SELECT 1 FROM u', `WITH u AS (SELECT * FROM users ${BY_ID} ) SELECT 1 FROM u`],
    ['SELECT ARRAY(SELECT name FROM users)', `SELECT ARRAY(SELECT name FROM users ${BY_ID} )`],
    [
      'SELECT count(*) FROM (SELECT name FROM users) AS s',
      `SELECT count(*) FROM (SELECT name FROM users ${BY_ID} ) AS s`,
    ],
    [
      'SELECT n FROM users JOIN (SELECT array_agg(name) AS n FROM users) AS r ON b',
      `SELECT n FROM users JOIN (SELECT array_agg(name ORDER BY "users"."id") AS n FROM users) AS r ON b ${BY_ID}`,
    ],
    ['SELECT (SELECT name FROM users LIMIT 1)', `SELECT (SELECT name FROM users ${BY_ID} LIMIT 1)`],
  ])('come as the primary key has them: %s', (source, expected) => {
    expect(ordered(source)).toBe(expected);
  });

  it.each([
    ['SELECT city FROM users', 'SELECT city FROM users ORDER BY "users"."city" NULLS FIRST, "users"."id"'],
    ['SELECT id FROM rides', 'SELECT id FROM rides ORDER BY "rides"."late" DESC NULLS LAST, "rides"."id"'],
    ['SELECT city FROM users WHERE id > 2', `SELECT city FROM users WHERE id > 2 ${BY_ID}`],
    [
      'SELECT city FROM users WHERE city > 2',
      'SELECT city FROM users WHERE city > 2 ORDER BY "users"."city" NULLS FIRST, "users"."id"',
    ],
    ['SELECT name FROM users WHERE city > 2', `SELECT name FROM users WHERE city > 2 ${BY_ID}`],
  ])('come as the index has them that is read instead: %s', (source, expected) => {
    expect(ordered(source)).toBe(expected);
  });

  it.each([
    [
      'SELECT name FROM users JOIN rides ON users.id = rider',
      'SELECT name FROM users JOIN rides ON users.id = rider ORDER BY "users"."id", "rides"."id"',
    ],
    ['SELECT 1 FROM users u, (SELECT 1) s', 'SELECT 1 FROM users u, (SELECT 1) s ORDER BY "u"."id"'],
  ])('come as the first table of a join has them: %s', (source, expected) => {
    expect(ordered(source)).toBe(expected);
  });

  it.each([
    [
      'SELECT name, count(*) FROM users GROUP BY name LIMIT 2',
      'SELECT name, count(*) FROM users GROUP BY name ' + `ORDER BY crdb_standin.first_row(ROW("users"."id")) LIMIT 2`,
    ],
    [
      'SELECT DISTINCT name, length(city, 1) FROM users',
      'SELECT name, length(city, 1) FROM users GROUP BY 1, 2 ' + `ORDER BY crdb_standin.first_row(ROW("users"."id"))`,
    ],
    ['SELECT array_agg(name) FROM users', 'SELECT array_agg(name ORDER BY "users"."id" ) FROM users'],
    [
      "SELECT city, string_agg(name, ',') FROM users GROUP BY city",
      `SELECT city, string_agg(name, ',' ORDER BY "users"."id" ) FROM users GROUP BY city ` +
        `ORDER BY crdb_standin.first_row(ROW("users"."id"))`,
    ],
    ['SELECT array_agg(name ORDER BY city) FROM users', undefined],
    ['SELECT array_agg(DISTINCT name) FROM users', undefined],
  ])('are gathered in that order: %s', (source, expected) => {
    expect(ordered(source).replaceAll(' )', ')')).toBe((expected ?? source).replaceAll(' )', ')'));
  });

  it.each([
    'SELECT a FROM keyless',
    'SELECT count(*) FROM users',
    'SELECT DISTINCT * FROM users',
    'SELECT DISTINCT count(*) FROM users',
    'SELECT DISTINCT name FROM users ORDER BY name',
    'SELECT name, count(*) FROM users GROUP BY name ORDER BY 2',
    'SELECT id FROM users UNION SELECT id FROM rides',
    'SELECT rank() OVER (ORDER BY name) FROM users',
    'SELECT 1 FROM a WHERE x IN (SELECT id FROM users)',
    'SELECT EXISTS (SELECT 1 FROM users)',
    'SELECT id FROM nosuch',
    'SELECT id FROM users ORDER BY name, id DESC',
    'SELECT 1 FROM rides RIGHT JOIN users ON true',
    'SELECT a IS DISTINCT FROM users',
    'UPDATE users SET name = 1 WHERE city = 2 RETURNING id',
  ])('stay as they are: %s', (source) => {
    expect(ordered(source)).toBe(source);
  });

  it.each([
    'SELECT name FROM users WHERE id = 1',
    "SELECT name FROM users AS u WHERE city > 2 AND u.id = 'x' LIMIT 1",
    'SELECT array_agg(name) FROM users WHERE id = $1',
    'SELECT city FROM stops WHERE ride = 1 AND (city = 2 OR city = 3) AND stops.id = 4',
  ])('are at most one: %s', (source) => {
    expect(ordered(source)).toBe(source);
  });

  it.each([
    'SELECT name FROM users WHERE id = 1 OR name = 2',
    'SELECT name FROM users WHERE (id = 1) IS NOT NULL',
    'SELECT name FROM users WHERE NOT id = 1',
    'SELECT name FROM users WHERE name BETWEEN 1 AND id = 1',
    'SELECT name FROM users WHERE CASE WHEN city AND id = 1 AND name THEN a END',
    'SELECT name FROM users WHERE id = 1 + name',
    'SELECT name FROM users WHERE id = name',
    'SELECT name FROM users WHERE other.id = 1',
    'SELECT name FROM users, rides WHERE id = 1',
    'SELECT city FROM stops WHERE id = 1',
    'SELECT name FROM users WHERE city = 1',
  ])('may be more than one: %s', (source) => {
    expect(ordered(source)).not.toBe(source);
  });
});
