import { describe, expect, it } from 'vitest';
import { StatementError } from '../../../src/protocol/statement-error.ts';
import { StatementReader } from '../../../src/sql/text/statement-reader.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';

const readerOf = (source: string): StatementReader => new StatementReader(parseStatement(source));

describe('StatementReader', () => {
  it('skips words only when all of them follow', () => {
    const reader = readerOf('DROP TABLE IF EXISTS t');
    expect(reader.skip('drop', 'view')).toBe(false);
    expect(reader.at).toBe(0);
    expect(reader.skip('drop')).toBe(true);
    expect(reader.oneOf('view', 'table')).toBe('table');
    reader.expect('if', 'exists');
    expect(reader.atEnd).toBe(false);
    expect(reader.rest).toBe('t');
  });

  it('does not take a quoted name for a word', () => {
    expect(readerOf('"drop"').skip('drop')).toBe(false);
  });

  it('reads qualified names, and lists of them', () => {
    const reader = readerOf('bank.public."Accounts", t x, y');
    expect(reader.paths()).toEqual([['bank', 'public', 'Accounts'], ['t']]);
    expect(reader.sourceFrom(0)).toBe('bank.public."Accounts", t');
    expect(reader.names()).toEqual(['x', 'y']);
    reader.expectEnd();
  });

  it('accepts a reserved word as a table only when it is quoted', () => {
    expect(() => readerOf('select').path()).toThrow('at or near "select": syntax error');
    expect(readerOf('"select"').path()).toEqual(['select']);
  });

  it('points at an unexpected token in the text that the client sent', () => {
    const reader = readerOf("DROP /* ' */ 5");
    reader.skip('drop');
    const error = reader.syntaxError();
    expect(error).toBeInstanceOf(StatementError);
    expect(error.fields).toEqual({
      code: '42601',
      message: 'at or near "5": syntax error',
      detail: "source SQL:\nDROP /* ' */ 5\n             ^",
      tokenStart: 13,
    });
    expect(() => readerOf('DROP').expect('drop', 'table')).toThrow('at or near "EOF": syntax error');
  });
});
