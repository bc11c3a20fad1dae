import { expect, it } from 'vitest';
import { privilegeError } from '../../../src/sql/results/privilege-error.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';

const client = { user: 'maxroach', database: 'bank' };

it.each([
  ['INSERT INTO t VALUES (1)', 'permission denied for table t', 'INSERT privilege on relation t'],
  ['SELECT 1 FROM t', 'permission denied for table t', 'SELECT privilege on relation t'],
  ['CREATE TABLE t (a INT)', 'permission denied for schema public', 'CREATE privilege on database bank'],
  ['CREATE TABLE s.t (a INT)', 'permission denied for schema s', 'CREATE privilege on schema s'],
  ['DROP DATABASE d', 'must be owner of database d', 'DROP privilege on database d'],
])('%s: %s', (source, message, privilege) => {
  expect(privilegeError({ code: '42501', message }, parseStatement(source), client)).toEqual({
    code: '42501',
    message: `user maxroach does not have ${privilege}`,
  });
});

it('a function that the user may not call is reported as unknown', () => {
  const error = { code: '42501', message: 'permission denied for function set_config' };
  expect(privilegeError(error, parseStatement('SELECT 1'), client)).toEqual({
    code: '42883',
    message: 'unknown function: set_config()',
  });
});

it('leaves other errors unchanged', () => {
  const error = { code: '42P01', message: 'relation "t" does not exist' };
  expect(privilegeError(error, parseStatement('SELECT 1'), client)).toBe(error);
});
