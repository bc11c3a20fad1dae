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
    ['an unfinished quote is left for the database to refuse', `SELECT 'oh; no`, [`SELECT 'oh; no`]],
    [
      'a backslash ends a plain string as any character',
      String.raw`SELECT 'C:\'; SELECT 2`,
      [String.raw`SELECT 'C:\'`, 'SELECT 2'],
    ],
    [
      'a backslash escapes in an E string',
      String.raw`SELECT E'it\'s; ok'; SELECT 2`,
      [String.raw`SELECT E'it\'s; ok'`, 'SELECT 2'],
    ],
    ['division and minus are no comments', 'SELECT 4/2-1; SELECT 3', ['SELECT 4/2-1', 'SELECT 3']],
  ])('%s', (_, text, statements) => {
    expect(splitStatements(text)).toEqual(statements);
  });

  it.each([
    ['backslashes and quotes', "'\\".repeat(1 << 15)],
    ['escaped quotes', `E'${"\\'".repeat(1 << 15)}`],
    ['opened comments', '/*'.repeat(1 << 15)],
    ['opened dollar quotes', Array.from({ length: 12_000 }, (_, index) => `$a${index}`).join('')],
  ])('reads a long text of %s once', (_, text) => {
    const startMs = performance.now();
    expect(splitStatements(text).join('')).toHaveLength(text.length);
    expect(performance.now() - startMs).toBeLessThan(500);
  });
});
