import { describe, expect, it } from 'vitest';
import { rewriteForPostgres } from '../../../src/sql/rewriting/rewrite.ts';
import { parseStatement } from '../../../src/sql/text/statement.ts';
import { contextOf } from '../context.ts';

const rewrite = (source: string): string => rewriteForPostgres(parseStatement(source), contextOf()).apply();

describe('COLLATE', () => {
  it.each([
    ['SELECT a COLLATE de', 'SELECT a COLLATE "de-x-icu"'],
    ['SELECT a COLLATE "en_us"', 'SELECT a COLLATE "en-US-x-icu"'],
    ['SELECT a COLLATE "default"', 'SELECT a COLLATE "default"'],
    ["SELECT 'a COLLATE de'", "SELECT 'a COLLATE de'"],
  ])('names a collation of ICU: %s', (source, expected) => {
    expect(rewrite(source)).toBe(expected);
  });

  it.each([
    ['SELECT a COLLATE x', 'invalid locale x: language: tag is not well-formed'],
    ['SELECT a COLLATE "de\'"', 'language: tag is not well-formed'],
    ['SELECT a COLLATE xx_yy', 'invalid locale xx_yy: language: subtag "xx" is well-formed but unknown'],
    ['SELECT a COLLATE en_u_ks_level1', 'the stand-in for CockroachDB does not have the collation en_u_ks_level1'],
  ])('is refused: %s', (source, message) => {
    expect(() => rewrite(source)).toThrow(message);
  });
});
