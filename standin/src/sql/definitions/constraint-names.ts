import { quoteName, quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { markedName } from './index-names.ts';

/** A constraint that a statement names, and what it is to be called in RENAME CONSTRAINT. */
interface Mention {
  name: Token;
  to: Token | undefined;
}

/**
 * Puts the names that constraints have in PostgreSQL in place of those that a statement mentions: after DROP, RENAME
 * and VALIDATE CONSTRAINT of a table, and after ON CONFLICT ON CONSTRAINT. Names that are not the table's stay.
 *
 *     ALTER TABLE users RENAME CONSTRAINT "primary" TO pk
 *     ALTER TABLE users RENAME CONSTRAINT "users_pkey" TO "pk@#k…"
 */
export async function nameConstraints(
  { tokens }: Statement,
  table: string[],
  edits: TextEdits,
  context: Context,
): Promise<void> {
  const mentions = tokens.flatMap((_, i) => mentionAt(tokens, i) ?? []);
  if (!mentions.length) return;
  const rows = await context.query(
    `SELECT
      CASE contype WHEN 'p' THEN crdb.index_name(conindid, true) ELSE crdb.plain_name(conname) END,
      conname,
      contype IN ('p', 'u')
    FROM pg_catalog.pg_constraint
    WHERE conrelid = crdb_standin.to_regclass(${quoteText(localName(context, table))})`,
  );
  for (const { name, to } of mentions) {
    const found = rows.find(([called]) => called === name.value);
    if (!found) continue;
    edits.replace(name.start, name.end, quoteName(found[1]!));
    if (to && found[2] === 't') edits.replace(to.start, to.end, quoteName(markedName(to.value)));
  }
}

function mentionAt(tokens: readonly Token[], at: number): Mention | undefined {
  if (!isWord(tokens[at], 'constraint') || !isWord(tokens[at - 1], 'drop', 'rename', 'validate', 'on'))
    return undefined;
  const name = tokens[at + (isWord(tokens[at + 1], 'if') ? 3 : 1)];
  if (!isName(name)) return undefined;
  const isRenamed = isWord(tokens[at - 1], 'rename') && isWord(tokens[at + 2], 'to');
  return { name, to: isRenamed ? tokens[at + 3] : undefined };
}
