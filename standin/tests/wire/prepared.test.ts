import { describe, expect, it } from 'vitest';
import { parseStatement } from '../../src/sql/text/statement.ts';
import { PreparedStatements, type Prepared } from '../../src/wire/prepared.ts';

/** A prepared statement of that many tokens, and the one that ends every statement. */
function preparedOf(name: string, tokens: number): Prepared {
  return {
    name,
    statement: parseStatement(`SELECT ${'+ '.repeat(tokens - 2)}1`),
    when: undefined,
    types: Buffer.alloc(0),
    place: { database: undefined, foreign: [] },
    translation: undefined,
    parsedOn: undefined,
  };
}

describe('the prepared statements of a client', () => {
  it('may take a certain memory together, which is free again when they go', () => {
    const known = new PreparedStatements();
    for (const name of ['a', 'b', 'c']) known.addStatement(preparedOf(name, 100_000));
    for (let i = 0; i < 5; i++) known.addStatement(preparedOf('', 90_000));
    expect(() => known.addStatement(preparedOf('d', 100_000))).toThrow(/prepared statements of more than 400000 words/);
    expect(known.findStatement('d')).toBeUndefined();
    known.removeStatement('a');
    known.removeStatement('a');
    known.addStatement(preparedOf('d', 100_000));
    expect(() => known.addStatement(preparedOf('e', 100_000))).toThrow(/more than 400000/);
    known.clear();
    for (const name of ['a', 'b', 'c']) known.addStatement(preparedOf(name, 100_000));
  });
});
