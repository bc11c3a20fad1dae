import { notHere, SqlError } from '../protocol/problem.ts';
import type { Edits } from './edits.ts';
import { isSign, isWord, type Statement } from './statement.ts';
import { syntaxError } from './words.ts';

const SERIALS = ['serial', 'serial2', 'serial4', 'serial8', 'bigserial', 'smallserial'];

/**
 * A column of CREATE TABLE or ADD COLUMN (cockroachlabs.com/docs/stable/create-table, serial, computed-columns): SERIAL
 * is INT8 with unique_rowid(), `AS (…) STORED` is GENERATED ALWAYS. The type itself is rewritten elsewhere.
 */
export function rewriteColumn(part: Statement, edits: Edits): void {
  const { tokens } = part;
  const type = tokens[1];
  if (isWord(type, ...SERIALS)) edits.replace(type!.start, type!.end, 'int8 NOT NULL DEFAULT unique_rowid()');
  if (isWord(type, 'xml')) throw new SqlError('0A000', 'at or near ")": syntax error: unimplemented: this syntax');
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    if (depth > 0) continue;
    const next = tokens[i + 1];
    if (isWord(token, 'as') && isSign(next, '(') && !isWord(tokens[i - 1], 'always'))
      edits.replace(token.start, token.end, 'GENERATED ALWAYS AS');
    if (isWord(token, 'virtual')) throw notHere('VIRTUAL computed columns');
    if (isWord(token, 'family') && i > 1) throw notHere('column families given with a column');
    if (i > 0 && isWord(token, 'auto_increment', 'deferrable')) throw syntaxError(part, token);
    if (isWord(token, 'on') && isWord(next, 'update') && !references(part, i)) throw notHere('ON UPDATE expressions');
    if (isWord(token, 'using') && isWord(next, 'hash'))
      throw new SqlError(
        '0A000',
        'hash sharded indexes require the experimental_enable_hash_sharded_indexes session variable',
      );
    if (isWord(token, 'not') && isWord(next, 'visible')) throw notHere('NOT VISIBLE columns');
    if (isWord(token, 'identity')) throw notHere('identity columns');
  }
}

const references = (part: Statement, before: number): boolean =>
  part.tokens.slice(0, before).some((token) => isWord(token, 'references'));
