import { describe, expect, it } from 'vitest';
import { lex } from '../../../server/standin/sql/lexer.ts';
import { splitStatements } from '../../../server/standin/sql/statement.ts';

const kinds = (source: string): string[] => lex(source).map(({ kind, value }) => `${kind} ${value}`);

describe('lex', () => {
  it('folds words, keeps quoted names, and knows every sort of constant', () => {
    expect(kinds(`SELECT "A""b", 'it''s', e'\\'', b'\\x01', B'10', $$x'y$$, $1, 1.5e3`)).toEqual([
      'word select', 'quoted A"b', 'sign ,', "string 'it''s'", 'sign ,', "escape e'\\''", 'sign ,', "bytes b'\\x01'", 'sign ,', "bits B'10'", 'sign ,', "dollar $$x'y$$", 'sign ,', 'placeholder $1', 'sign ,', 'number 1.5e3', 'end ',
    ]);
  });

  it('takes the longest sign', () => {
    expect(kinds('a:::b//c->>d')).toEqual(['word a', 'sign :::', 'word b', 'sign //', 'word c', 'sign ->>', 'word d', 'end ']);
  });

  it('leaves comments out, and what only looks like one in', () => {
    expect(kinds("1 -- x;y\n/* 'z */ '--'")).toEqual(['number 1', "string '--'", 'end ']);
  });

  it.each(["SELECT 'open", 'SELECT "open', 'SELECT /* open', 'SELECT $a$ open'])('refuses what has no end: %s', (source) => {
    expect(() => lex(source)).toThrow(/lexical error/);
  });
});

describe('splitStatements', () => {
  it('splits at semicolons that stand alone, and drops what is empty', () => {
    expect(splitStatements(";; SELECT ';' ; -- ;\n SELECT $$;$$;").map(({ source }) => source)).toEqual(["SELECT ';'", 'SELECT $$;$$']);
  });
});
