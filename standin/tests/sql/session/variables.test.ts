import { describe, expect, it } from 'vitest';
import { checkValue, findVariable, settingForPostgres, startVariables } from '../../../src/sql/session/variables.ts';

describe('checkValue', () => {
  it.each([
    ['sql_safe_updates', 'TRUE', 'on'],
    ['sql_safe_updates', '0', 'off'],
    ['default_int_size', '4', '4'],
    ['statement_timeout', '2s', '2000'],
    ['statement_timeout', '1500', '1500'],
    ['client_encoding', 'utf-8', 'UTF8'],
    ['default_transaction_isolation', 'read committed', 'serializable'],
    ['application_name', 'x', 'x'],
  ])('takes %s = %s for %s', (name, value, kept) => {
    expect(checkValue(name, value)).toBe(kept);
  });

  it.each([
    ['sql_safe_updates', 'maybe', '22023'],
    ['default_int_size', '2', '22023'],
    ['statement_timeout', 'soon', '22023'],
    ['server_version', '14', '55P02'],
    ['client_encoding', 'latin1', '0A000'],
    ['optimizer', 'off', '22023'],
    ['no_such_variable', 'x', '42704'],
  ])('refuses %s = %s with %s', (name, value, code) => {
    expect(() => checkValue(name, value)).toThrow(
      expect.objectContaining({ fields: expect.objectContaining({ code }) }),
    );
  });
});

it('does not take inherited properties of objects for variables', () => {
  expect(findVariable('constructor')).toBeUndefined();
});

it('reads the variables of a startup message, and those of its options', () => {
  const parameters = new Map([
    ['user', 'root'],
    ['DateStyle', 'ISO'],
    ['options', '-c statement_timeout=2s -c nosuch=1'],
  ]);
  expect(startVariables(parameters)).toEqual(
    new Map([
      ['datestyle', 'ISO, MDY'],
      ['statement_timeout', '2000'],
    ]),
  );
});

describe('settingForPostgres', () => {
  it.each([
    ['application_name', "it's", "SET application_name = 'it''s'"],
    ['search_path', '$user, audit', `SET search_path = "$user", 'audit', crdb, pg_catalog, pg_extension`],
    ['statement_timeout', '2000', 'SET statement_timeout = 2000'],
    ['statement_timeout', '0', 'SET statement_timeout = 660000'],
    ['statement_timeout', '999999', 'SET statement_timeout = 660000'],
  ])('%s = %s', (name, value, statement) => {
    expect(settingForPostgres(name, value)).toBe(statement);
  });

  it('returns nothing for what PostgreSQL does not have', () => {
    expect(settingForPostgres('distsql', 'auto')).toBeUndefined();
  });
});
