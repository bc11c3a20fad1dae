import { statementName, type StatementName } from '../../catalog/statements.ts';
import { onceForTokens } from './once-for-tokens.ts';
import type { Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** No name of a statement has more words. */
const LONGEST = 4;

const nameInCatalog = onceForTokens((tokens): StatementName => {
  const words = tokens.slice(0, LONGEST).map(({ kind, value }) => (kind === 'word' || value === '(' ? value : '…'));
  return statementName(words);
});

/** Returns the name of a statement by its first words. Throws StatementError (syntaxError) when none begins so. */
export function nameOf(statement: Statement): StatementName & { name: string } {
  const { name, words } = nameInCatalog(statement.tokens);
  if (name === undefined) throw syntaxError(statement, statement.tokens[words]!);
  return { name, words };
}
