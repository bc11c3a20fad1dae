import { topLevelWord } from '../text/brackets.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { forward, type Forward } from '../translation/translation.ts';

/**
 * COPY … FROM STDIN and COPY … TO STDOUT (cockroachlabs.com/docs/stable/copy-from, copy-to), as text or CSV. Throws
 * StatementError for a file or a program, which would be on the server.
 */
export function translateCopy(statement: Statement, context: Context): Forward {
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
  return forward(rewriteForPostgres(statement, context));
}
