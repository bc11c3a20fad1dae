import { isName, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** What `SHOW … FROM` names a database or a schema for, and not a table. */
const OF_DATABASE = ['tables', 'schemas', 'sequences', 'types', 'enums'];

/**
 * Returns the names of databases, or of schemas, that stand where SHOW expects one: `SHOW TABLES FROM bank`,
 * `SHOW INDEXES FROM DATABASE bank`, `SHOW GRANTS ON DATABASE bank`; also inside another statement.
 */
export function namedDatabases(tokens: Token[]): { at: number; name: string }[] {
  const names: { at: number; name: string }[] = [];
  if (!mentions(tokens, 'show')) return names;
  for (const [i, token] of tokens.entries()) {
    if (!isWord(token, 'show')) continue;
    const isSimple = isWord(tokens[i + 1], ...OF_DATABASE) && isWord(tokens[i + 2], 'from');
    const isWordy = isWord(tokens[i + 2], 'from', 'on') && isWord(tokens[i + 3], 'database');
    const at = i + (isSimple ? 3 : 4);
    if ((isSimple || isWordy) && isName(tokens[at])) names.push({ at, name: tokens[at].value });
  }
  return names;
}
