import { describe, expect, it } from 'vitest';
import { useStandin } from './served.ts';

describe('the type of a column', () => {
  const standin = useStandin();

  it.each([
    ['DECIMAL(8,3)', 'NUMERIC(8, 3)', undefined],
    ['INT', 'BIGINT', undefined],
    ['TIMESTAMPTZ', 'TIMESTAMP WITH TIME ZONE', undefined],
    ['VARCHAR(5)', 'CHARACTER VARYING(5)', undefined],
    ['VARCHAR(5)', 'STRING', undefined],
    ['VARCHAR(5)', 'TEXT USING a::TEXT', undefined],
    ['DECIMAL(8,3)', 'DECIMAL(7,3)', '0A000'],
    ['INT', 'INT4', '0A000'],
    ['VARCHAR(5)', 'VARCHAR(4)', '0A000'],
    ['BOOL', 'STRING', '0A000'],
  ])('%s becomes %s: %s', async (from, to, code) => {
    const { error } = await standin.client.ask({
      sql: `DROP TABLE IF EXISTS t; CREATE TABLE t (a ${from}); ALTER TABLE t ALTER COLUMN a SET DATA TYPE ${to}`,
    });
    expect(error?.code).toBe(code);
  });
});
