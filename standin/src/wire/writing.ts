import { onceForTokens } from '../sql/text/once-for-tokens.ts';
import { StatementReader } from '../sql/text/statement-reader.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isSign, isWord, type Token } from '../sql/text/tokens.ts';

/** Whether a statement writes, or even changes existing tables so that their old rows cannot be read any more. */
export type Writing = 'writes' | 'changes';

const READING = `select values table with show set reset use discard explain begin start commit end rollback abort
  release savepoint prepare deallocate declare fetch move close`.split(/\s+/);
const CHANGING = ['alter', 'drop', 'truncate'];

/** Returns how a statement writes; undefined for one that only reads. In doubt it writes. */
export const writingOf = onceForTokens((tokens): Writing | undefined => {
  const first = tokens.find((token) => !isSign(token, '('));
  if (isWord(first, ...CHANGING)) return 'changes';
  return isWord(first, ...READING) && !tokens.some((_, i) => writesInside(tokens, i)) ? undefined : 'writes';
});

/** Whether that word writes inside a statement that begins like a query. FOR UPDATE only locks. */
function writesInside(tokens: readonly Token[], at: number): boolean {
  if (isWord(tokens[at], 'insert', 'upsert', 'delete')) return true;
  return isWord(tokens[at], 'update') && !isWord(tokens[at - 1], 'for', 'key');
}

/** Returns the name of the relation that a statement has created; undefined for one that may not have. */
export function createdRelation(statement: Statement): string | undefined {
  const [first] = statement.tokens;
  if (!isWord(first, 'create', 'alter')) return undefined;
  const reader = new StatementReader(statement);
  reader.at++;
  reader.oneOf('temp', 'temporary', 'materialized');
  if (!reader.oneOf('table', 'view', 'sequence') || reader.skip('if')) return undefined;
  const path = reader.path();
  if (isWord(first, 'create')) return path.at(-1);
  return reader.skip('rename', 'to') ? reader.name() : undefined;
}
