import { topLevelWord } from '../text/brackets.ts';
import { readTable } from '../text/named-tables.ts';
import { hideColumns, shapesOf } from '../hidden-columns/hide-columns.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import { quoteNames } from '../text/quoting.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import { keyOf } from '../translation/table-shape.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';

/**
 * COPY … FROM STDIN and COPY … TO STDOUT (cockroachlabs.com/docs/stable/copy-from, copy-to), as text or CSV. Throws
 * StatementError for a file or a program, which would be on the server.
 */
export async function translateCopy(statement: Statement, context: Context): Promise<Forward> {
  const { tokens } = statement;
  const end = tokens.length - 1;
  const direction = topLevelWord(tokens, ['from', 'to']);
  const isFrom = isWord(tokens[direction], 'from');
  const isStream = isWord(tokens[direction + 1], isFrom ? 'stdin' : 'stdout');
  if (!isStream) {
    const wrong = isWord(tokens[direction], 'to') ? direction : direction + 1;
    throw syntaxError(statement, tokens[wrong] ?? tokens[end]!);
  }
  const program = tokens.find((token) => isWord(token, 'program'));
  if (program) throw syntaxError(statement, program);
  const edits = rewriteForPostgres(statement, context);
  hideColumns(statement, await shapesOf(statement, context), edits);
  await listColumns(statement, edits, context);
  return forward(edits);
}

/** Lists the visible columns of a table that has hidden ones. */
async function listColumns({ tokens }: Statement, edits: TextEdits, context: Context): Promise<void> {
  const table = readTable(tokens, 1);
  if (!table || isSign(tokens[table.to], '(')) return;
  const shape = (await context.session.shapes([table.path], context)).get(keyOf(table.path));
  if (shape?.hidden.length) edits.insert(tokens[table.to - 1]!.end, ` (${quoteNames(shape.columns)})`);
}
