import { StatementReader } from '../sql/text/statement-reader.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';

/** Whether a statement writes, or even changes existing tables so that their old rows cannot be read any more. */
export type Writing = 'writes' | 'changes';

const READING = `select values table with show set reset use discard explain begin start commit end rollback abort
  release savepoint prepare deallocate`;
const READS = new RegExp(`^[\\s(]*(${READING.split(/\s+/).join('|')})\\b`, 'i');
/** What writes inside a statement that begins like a query. FOR UPDATE only locks. */
const INNER_WRITE = /\b(insert|delete|upsert|update\s+[\w".]+\s+set)\b/i;
const CHANGES = /^\s*(alter|drop|truncate)\b/i;

/** Returns how a statement writes; undefined for one that only reads. In doubt it writes. */
export function writingOf(source: string): Writing | undefined {
  if (CHANGES.test(source)) return 'changes';
  return READS.test(source) && !INNER_WRITE.test(source) ? undefined : 'writes';
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
