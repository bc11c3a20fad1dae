import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { topLevelWord } from '../text/brackets.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { substatement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { anyRow } from '../translation/lookups.ts';
import { localName } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';
import { withOwnSyntax } from './own-syntax.ts';
import { requireTemporaryTables } from './temporary-tables.ts';
import { viewText } from './view-text.ts';

/** Kinds of views and how CREATE names them. */
const HEADS = [['view'], ['materialized', 'view'], ['temp', 'view'], ['temporary', 'view']] as const;

/**
 * CREATE VIEW (cockroachlabs.com/docs/stable/create-view); undefined for another object. Its query is noted for SHOW
 * CREATE as CockroachDB prints it. A constant that is a whole column is INT8. Throws StatementError.
 *
 *     VIEW IF NOT EXISTS v AS SELECT a, 1 FROM t
 *     CREATE VIEW "v" AS SELECT a, 1::int8 FROM t
 */
export function createView(reader: StatementReader, context: Context): Local | undefined {
  const { statement } = reader;
  const head = HEADS.find((words) => reader.skip(...words));
  if (!head) return undefined;
  if (head[0].startsWith('temp')) requireTemporaryTables(context);
  const existsAt = reader.at;
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const pathAt = reader.at;
  const path = reader.path();
  const as = topLevelWord(statement.tokens, ['as'], reader.at);
  if (as < 0) throw reader.syntaxError();
  const end = statement.tokens.length - 1;
  return local('CREATE VIEW', async () => {
    const name = localName(context, path);
    const exists = `SELECT 1 WHERE crdb_standin.to_regclass(${quoteText(name)}) IS NOT NULL`;
    if (ifNotExists && (await anyRow(context, exists))) return;
    const edits = rewriteForPostgres(statement, context);
    if (ifNotExists) edits.replace(statement.tokens[existsAt]!.start, statement.tokens[pathAt]!.start, '');
    for (let i = as + 2; i < end; i++) {
      const [before, token, next] = [statement.tokens[i - 1], statement.tokens[i]!, statement.tokens[i + 1]];
      const isInteger = token.kind === 'number' && /^\d+$/.test(token.value);
      const isItem = isWord(before, 'select') && (isSign(next, ',') || isWord(next, 'as', 'from'));
      const isNamed = isSign(before, ',') && isWord(next, 'as');
      if (isInteger && (isItem || isNamed)) edits.insert(token.end, '::int8');
    }
    const text = await viewText(substatement(statement, as + 1, end), context);
    const note = `SELECT crdb.note_view(${quoteText(name)}::pg_catalog.regclass, ${quoteText(text)})`;
    await withOwnSyntax(statement, () => context.execute(edits.apply(), note));
  });
}
