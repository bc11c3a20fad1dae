import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { listItems, topLevelWord } from '../text/brackets.ts';
import { quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';

/** Whether an action of ALTER TABLE adds a primary key. */
export function readsKey({ tokens }: Statement): boolean {
  return isWord(tokens[0], 'add') && topLevelWord(tokens, ['primary']) > 0;
}

/**
 * Throws StatementError for a primary key that an action of ALTER TABLE adds and CockroachDB does not: with a column,
 * or of columns that may be NULL, which PostgreSQL would make NOT NULL.
 */
export async function checkNewKey(action: Statement, path: string[], context: Context): Promise<void> {
  if (!readsKey(action)) return;
  const { tokens } = action;
  const { oid } = await resolveRelation(context, path);
  const at = topLevelWord(tokens, ['primary']);
  if (!isSign(tokens[at + 2], '('))
    throw new StatementError(
      SQLSTATE.invalidColumnDefinition,
      `multiple primary keys for table "${path.at(-1)}" are not allowed`,
    );
  const names = listItems(tokens, at + 2).items.map(({ from }) => quoteText(tokens[from]!.value));
  const [nullable] = await context.query(
    `SELECT attname
    FROM pg_catalog.pg_attribute
    WHERE attrelid = ${oid}
      AND attname IN (${names.join(', ')})
      AND NOT attnotnull
      AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_index
        WHERE indrelid = attrelid
          AND indisprimary
          AND NOT crdb.is_hidden_index(indexrelid)
      )
    LIMIT 1`,
  );
  if (nullable)
    throw new StatementError(
      SQLSTATE.invalidSchemaDefinition,
      `cannot use nullable column "${nullable[0]}" in primary key`,
    );
}
