import { describe, expect, it } from 'vitest';
import { lex } from '../../../src/sql/text/lexer.ts';
import { splitStatements } from '../../../src/sql/text/statement.ts';

const kinds = (source: string): string[] => lex(source).map(({ kind, value }) => `${kind} ${value}`);

describe('lex', () => {
  it('folds words, keeps quoted names, and recognises every kind of constant', () => {
    expect(kinds(`SELECT "A""b", 'it''s', e'\\'', b'\\x01', B'10', $$x'y$$, $1, 1.5e3`)).toEqual([
      'word select',
      'quoted A"b',
      'sign ,',
      "string 'it''s'",
      'sign ,',
      "escape e'\\''",
      'sign ,',
      "bytes b'\\x01'",
      'sign ,',
      "bits B'10'",
      'sign ,',
      "dollar $$x'y$$",
      'sign ,',
      'placeholder $1',
      'sign ,',
      'number 1.5e3',
      'end ',
    ]);
  });

  it('prefers the longest sign', () => {
    expect(kinds('a:::b//c->>d')).toEqual([
      'word a',
      'sign :::',
      'word b',
      'sign //',
      'word c',
      'sign ->>',
      'word d',
      'end ',
    ]);
  });

  it('skips comments, but not what only looks like one', () => {
    expect(kinds("1 -- x;y\n/* 'z */ '--'")).toEqual(['number 1', "string '--'", 'end ']);
  });

  it('ends a block comment after all comments nested in it', () => {
    expect(kinds('1 /* /* */ 2 */ /*/ */ 3 /***/ 4')).toEqual(['number 1', 'number 3', 'number 4', 'end ']);
  });

  it('ends a line comment only at a line feed', () => {
    expect(kinds('1 -- \r 2 \n 3')).toEqual(['number 1', 'number 3', 'end ']);
  });

  it('lets no sign extend into a comment', () => {
    expect(kinds('a ||/*x*/ |/*x*/ //*x*/ #--x\n b')).toEqual([
      'word a',
      'sign ||',
      'sign |',
      'sign /',
      'sign #',
      'word b',
      'end ',
    ]);
  });

  it("joins strings on consecutive lines into one, of the first one's kind", () => {
    expect(kinds("e'a'\n \t'\\'b' 'c'\r'd' 'e' -- \n'f'")).toEqual([
      "escape e'a\\'b'",
      "string 'c'",
      "string 'd'",
      "string 'e'",
      "string 'f'",
      'end ',
    ]);
  });

  it('treats everything beyond ASCII as letters, and does not fold it', () => {
    expect(kinds("\u212aEY\u00a0x €e'\\' $€$ ' $€$ \ufeffÄ")).toEqual([
      'word \u212aey\u00a0x',
      'word €e',
      "string '\\'",
      "dollar $€$ ' $€$",
      'word \ufeffÄ',
      'end ',
    ]);
  });

  it.each(["SELECT 'open", 'SELECT "open', 'SELECT /* open', 'SELECT /* /* open */', 'SELECT $a$ open'])(
    'refuses a literal, name or comment without an end: %s',
    (source) => {
      expect(() => lex(source)).toThrow(/lexical error/);
    },
  );
});

describe('splitStatements', () => {
  it('splits at semicolons outside of tokens, and drops empty statements', () => {
    expect(splitStatements(";; SELECT ';' ; -- ;\n SELECT $$;$$;").map(({ source }) => source)).toEqual([
      "SELECT ';'",
      'SELECT $$;$$',
    ]);
  });

  it('has only spaces between tokens, each at its position, and keeps the text as it was written', () => {
    const text = "SELECT/* ' */a -- b\r;\n,\t'c'\n'd -- e'\r\n; x";
    const [first] = splitStatements(text);
    expect(first).toMatchObject({
      source: `SELECT${' '.repeat(7)}a${' '.repeat(8)}, 'c'\n'd -- e'`,
      written: text.slice(0, text.lastIndexOf("'") + 1),
    });
    for (const { start, end } of first!.tokens)
      expect(first!.source.slice(start, end)).toBe(first!.written!.slice(start, end));
  });
});
