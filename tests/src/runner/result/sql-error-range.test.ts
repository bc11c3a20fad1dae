import { describe, expect, it } from 'vitest';
import { sqlErrorRange } from '../../../../src/runner/result/sql-error-range.ts';

const marked = (statements: string, printed: string, done = 0): string | undefined => {
  const place = sqlErrorRange(statements, printed, done);
  return (
    place &&
    `${statements.slice(0, place.from)}[${statements.slice(place.from, place.to)}]${statements.slice(place.to)}`
  );
};

describe('the position of a SQL error', () => {
  it('is where CockroachDB has its caret, as it was recorded', () => {
    expect(
      marked('SELEC 1;', 'ERROR: at or near "selec": syntax error\nSQLSTATE: 42601\nDETAIL: source SQL:\nSELEC 1\n^\n'),
    ).toBe('[SELEC] 1;');
    expect(
      marked(
        'CREATE TABLE onup (a INT ON UPDATE 5);',
        [
          'ERROR: at or near "on": syntax error',
          'SQLSTATE: 42601',
          'DETAIL: source SQL:',
          'CREATE TABLE onup (a INT ON UPDATE 5)',
          '                         ^',
          'HINT: try \\h CREATE TABLE',
          '',
        ].join('\n'),
      ),
    ).toBe('CREATE TABLE onup (a INT [ON] UPDATE 5);');
  });

  it('is in the statement that failed, and in the line of it', () => {
    const printed = 'ERROR: at or near "fro": syntax error\nDETAIL: source SQL:\nSELECT 1\n  FRO t\n      ^\n';
    expect(marked('SELECT 2;\nSELECT 1\n  FRO t;', printed, 1)).toBe('SELECT 2;\nSELECT 1\n  FRO [t];');
    expect(marked('SELEC 1; SELEC 1;', 'DETAIL: source SQL:\nSELEC 1\n^\n', 1)).toBe('SELEC 1; [SELEC] 1;');
  });

  it('is found by CockroachDB’s count of bytes, also with characters of several bytes', () => {
    expect(marked("SELECT 'ж😀', FROM x;", `DETAIL: source SQL:\nSELECT 'ж😀', FROM x\n${' '.repeat(17)}^\n`)).toBe(
      "SELECT 'ж😀', [FROM] x;",
    );
    expect(marked('SELECT 1,\n  ö ñandú 2', `DETAIL: source SQL:\nSELECT 1,\n  ö ñandú 2\n${' '.repeat(5)}^\n`)).toBe(
      'SELECT 1,\n  ö [ñandú] 2',
    );
  });

  it('is outside strings and comments, and a `;` in them does not end a statement', () => {
    expect(
      marked("SELECT 'a;nope'; -- nope; nope\nSELECT 'nope', nope;", 'ERROR: column "nope" does not exist\n', 1),
    ).toBe("SELECT 'a;nope'; -- nope; nope\nSELECT 'nope', [nope];");
    expect(marked("SELEC ';'; SELEC ';';", "DETAIL: source SQL:\nSELEC ';'\n^\n", 1)).toBe("SELEC ';'; [SELEC] ';';");
    expect(marked("SELECT 'x'::INT", 'ERROR: could not parse "x" as type int\n')).toBe("SELECT '[x]'::INT");
    expect(marked('SELECT öx, x', 'ERROR: column "x" does not exist\n')).toBe('SELECT öx, [x]');
  });

  it('is at the end when the text ends too early', () => {
    expect(marked('SELECT FROM', 'DETAIL: source SQL:\nSELECT FROM\n           ^\n')).toBe('SELECT FRO[M]');
  });

  it('is the name in the error when there is no caret', () => {
    expect(
      marked(
        'SELECT 1; SELECT * FROM nosuchs, nosuch;',
        'ERROR: relation "nosuch" does not exist\nSQLSTATE: 42P01\n',
        1,
      ),
    ).toBe('SELECT 1; SELECT * FROM nosuchs, [nosuch];');
  });

  it('does not exist when the error is about another text, or has no position', () => {
    expect(marked('SELECT 1;', 'DETAIL: source SQL:\nDROP\n^\n')).toBeUndefined();
    expect(marked('SELECT 1;', 'ERROR: relation "(.*" does not exist\n')).toBeUndefined();
    expect(marked('SELECT 1;', 'ERROR: out of memory\n')).toBeUndefined();
  });
});
