import type { Edits } from './edits.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/**
 * `UPDATE … ORDER BY … LIMIT` and `DELETE … ORDER BY … LIMIT` (cockroachlabs.com/docs/stable/limit-offset): PostgreSQL
 * changes the rows that a query with that order and limit finds. `RETURNING NOTHING`
 * (cockroachlabs.com/docs/stable/returning-nothing) is no RETURNING.
 */
export function rewriteLimitedChange(statement: Statement, edits: Edits): void {
  const { tokens } = statement;
  const nothing = tokens.findIndex((token, i) => isWord(token, 'returning') && isWord(tokens[i + 1], 'nothing'));
  if (nothing >= 0) edits.replace(tokens[nothing]!.start, tokens[nothing + 1]!.end, '');
  if (!isWord(tokens[0], 'update', 'delete')) return;
  const at = (...words: string[]): number => topLevel(statement, words);
  const limited = Math.min(...[at('order'), at('limit')].filter((index) => index > 0), tokens.length);
  if (limited === tokens.length) return;
  const tableFrom = isWord(tokens[0], 'delete') ? 2 : 1;
  const tableTo = Math.min(...[at('set'), at('where'), limited].filter((index) => index > 0));
  const table = edits.apply(tokens[tableFrom]!.start, tokens[tableTo - 1]!.end);
  const begins = Math.min(...[at('where'), limited].filter((index) => index > 0));
  const returning = at('returning');
  const ends = returning > 0 ? tokens[returning - 1]! : tokens[tokens.length - 2]!;
  edits.insert(tokens[begins]!.start, `WHERE ctid IN (SELECT ctid FROM ${table} `);
  edits.insert(ends.end, ') ');
}

function topLevel({ tokens }: Statement, words: string[]): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    return depth === 0 && isWord(token, ...words);
  });
}
