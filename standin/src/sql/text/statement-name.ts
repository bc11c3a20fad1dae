import { statementName, type StatementName } from '../../catalog/statements.ts';
import type { Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** No name of a statement has more words. */
const LONGEST = 4;

/** Returns the name of a statement by its first words. Throws StatementError (syntaxError) when none begins so. */
export function nameOf(statement: Statement): StatementName & { name: string } {
  const { tokens } = statement;
  const words = tokens.slice(0, LONGEST).map(({ kind, value }) => (kind === 'word' || value === '(' ? value : '…'));
  const { name, words: count } = statementName(words);
  if (name === undefined) throw syntaxError(statement, tokens[count]!);
  return { name, words: count };
}
