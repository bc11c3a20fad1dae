import { describe, expect, it } from 'vitest';
import { translateStatement, translateTransactionControl } from '../../src/sql/translate-statement.ts';
import { nameOf } from '../../src/sql/text/statement-name.ts';
import { parseStatement } from '../../src/sql/text/statement.ts';
import { StatementError } from '../../src/protocol/statement-error.ts';
import { contextOf } from './context.ts';

/** Returns the error of a statement that is refused before PostgreSQL is asked. */
async function refusal(source: string): Promise<string> {
  const statement = parseStatement(source);
  try {
    translateTransactionControl(statement, contextOf());
    await translateStatement(statement, contextOf());
  } catch (error) {
    if (error instanceof StatementError) return `${error.fields.code} ${error.fields.message}`;
    throw error;
  }
  return 'translated';
}

describe('a statement that CockroachDB has and the stand-in lacks', () => {
  it.each([
    ["BACKUP DATABASE bank INTO 's3://bucket'", 'BACKUP'],
    ["RESTORE FROM 'latest' IN 's3://bucket'", 'RESTORE'],
    ["IMPORT INTO t CSV DATA ('nodelocal://1/x')", 'IMPORT'],
    ["EXPORT INTO CSV 'nodelocal://1/x' FROM TABLE t", 'EXPORT'],
    ["CREATE CHANGEFEED FOR TABLE t INTO 'kafka://k'", 'CREATE CHANGEFEED'],
    ['EXPERIMENTAL CHANGEFEED FOR t', 'EXPERIMENTAL CHANGEFEED'],
    ['EXPERIMENTAL SCRUB TABLE t', 'EXPERIMENTAL SCRUB'],
    ["CREATE SCHEDULE nightly FOR BACKUP INTO 's3://b' RECURRING '@daily'", 'CREATE SCHEDULE'],
    ['DROP SCHEDULE 7', 'DROP SCHEDULE'],
    ['DROP SCHEDULES SELECT 7', 'DROP SCHEDULES'],
    ['PAUSE SCHEDULES SELECT 7', 'PAUSE SCHEDULES'],
    ['ALTER RANGE default CONFIGURE ZONE USING num_replicas = 5', 'ALTER RANGE'],
    ['ALTER PARTITION p OF TABLE t CONFIGURE ZONE DISCARD', 'ALTER PARTITION'],
    ["SHOW BACKUP 's3://bucket'", 'SHOW BACKUP'],
    ['SHOW EXPERIMENTAL_FINGERPRINTS FROM TABLE t', 'SHOW EXPERIMENTAL_FINGERPRINTS'],
    ['SHOW FULL TABLE SCANS', 'SHOW FULL TABLE SCANS'],
  ])('is refused by its name: %s', async (source, name) => {
    expect(await refusal(source)).toBe(`0A000 unimplemented: the stand-in for CockroachDB does not have ${name}`);
  });
});

describe('what is no statement', () => {
  it.each([
    ['LISTEN jobs', 'listen'],
    ['VACUUM FULL', 'vacuum'],
    ['DO $$ BEGIN END $$', 'do'],
    ['CLUSTER t', 'cluster'],
    ['CREATE NONSENSE x', 'nonsense'],
    ['CREATE UNIQUE TABLE t (a INT)', 'table'],
    ['ALTER SYSTEM SET x = 1', 'system'],
    ['DROP', 'EOF'],
    ['CANCEL EVERYTHING', 'everything'],
    ['REFRESH VIEW v', 'view'],
    ['SHOW DEFAULT PRIVILEGES', 'default'],
    ['"select" 1', 'select'],
  ])('is a syntax error at the word that no statement has there: %s', async (source, word) => {
    expect(await refusal(source)).toBe(`42601 at or near "${word}": syntax error`);
  });

  it('includes what CockroachDB parses only to refuse it', async () => {
    const unimplemented = 'syntax error: unimplemented: this syntax';
    expect(await refusal('CREATE TRIGGER x')).toBe(`0A000 at or near "x": ${unimplemented}`);
    expect(await refusal('DROP FUNCTION f(INT)')).toBe(`0A000 at or near "f": ${unimplemented}`);
  });

  it('is not what begins like a longer one', async () => {
    expect(await refusal('SHOW ALL CLUSTER JOBS')).toBe('42601 at or near "jobs": syntax error');
    expect(nameOf(parseStatement('SHOW ALL')).name).toBe('SHOW');
    expect(nameOf(parseStatement('SHOW ALL CLUSTER QUERIES')).name).toBe('SHOW ALL CLUSTER QUERIES');
  });

  it('is told from a mistake within a statement', async () => {
    expect(await refusal('SAVEPOINT 5')).toBe('42601 at or near "5": syntax error');
    expect(await refusal('CREATE DATABASE d WITH NONSENSE')).toBe('42601 at or near "nonsense": syntax error');
  });
});
