import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../../server/cluster/split-statements.ts';

describe('splitStatements', () => {
  it.each([
    ['one statement, with or without its semicolon', 'SELECT 1;', ['SELECT 1']],
    ['several, on several lines', 'SELECT 1;\nSELECT\n 2 ;', ['SELECT 1', 'SELECT\n 2']],
    ['semicolons in quotes stay', `SELECT ';', ";";SELECT 'it''s; ok'`, [`SELECT ';', ";"`, `SELECT 'it''s; ok'`]],
    ['semicolons in dollar quotes stay', 'SELECT $a$;$$;$a$; SELECT 2', ['SELECT $a$;$$;$a$', 'SELECT 2']],
    ['semicolons in comments stay', '-- a; b\nSELECT 1 /* ; */; SELECT 2', ['-- a; b\nSELECT 1 /* ; */', 'SELECT 2']],
    ['what is only space and comments is no statement', ' ; ;-- nothing\n;/* none */', []],
    ['an unfinished quote is left to the database to refuse', `SELECT 'oh; no`, [`SELECT 'oh`, 'no']],
    ['division and minus are no comments', 'SELECT 4/2-1; SELECT 3', ['SELECT 4/2-1', 'SELECT 3']],
  ])('%s', (_, text, statements) => {
    expect(splitStatements(text)).toEqual(statements);
  });
});
