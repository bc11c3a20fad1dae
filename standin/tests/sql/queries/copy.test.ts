import { describe, expect, it } from 'vitest';
import { translateCopy } from '../../../src/sql/queries/copy.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

describe('COPY', () => {
  it.each([
    'COPY t FROM STDIN',
    "COPY t (a, b) FROM STDIN WITH CSV DELIMITER ';' NULL 'n'",
    'COPY (SELECT a FROM t) TO STDOUT WITH CSV',
  ])('goes to PostgreSQL: %s', async (source) => {
    expect((await translateCopy(parseStatement(source), contextOf())).sql).toBe(source);
  });

  it.each([
    ["COPY (SELECT a FROM stdin) TO 'file'", 'at or near "to"'],
    ["COPY t FROM 'file'", 'at or near "file"'],
    ["COPY t FROM PROGRAM 'p'", 'at or near "program"'],
    ['COPY t', 'at or near'],
  ])('reaches no file and no program: %s', async (source, message) => {
    await expect(translateCopy(parseStatement(source), contextOf())).rejects.toThrow(message);
  });
});
