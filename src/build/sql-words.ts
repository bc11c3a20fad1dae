import { SHOWN, STATEMENTS } from '../../standin/src/sql/constructs.ts';
import type { SqlWords } from '../terminal/completions.ts';
import { SQL_FUNCTIONS } from '../sql-functions.ts';

/** A piece of SQL in the sentences of the stand-in's list, up to the first placeholder. */
const SQL = /`([A-Z][A-Z ]*[A-Z])(?![\w])[^`]*`/g;
/**
 * Pieces that continue the statement before them, as in `… OWNER`, or are no statement on their own.
 */
const IS_PART = new Set(['ENUM', 'AS']);

/** Returns the words to complete, from the list of what the stand-in supports. */
export function sqlWords(): SqlWords {
  const constructs = [...Object.values(STATEMENTS), ...Object.values(SHOWN)];
  const written = constructs.flatMap(({ does }) => [...does.matchAll(SQL)].map(([, words]) => words!));
  // Where a sentence puts it in other words, the title of its documentation page has the statement.
  const named = constructs.flatMap(({ pages }) =>
    pages
      .filter((page) => /^(?:create|alter|drop)-[a-z]+$/.test(page))
      .map((page) => page.toUpperCase().replace('-', ' ')),
  );
  const found = [...written, ...named];
  return { statements: [...new Set(found)].filter((words) => !IS_PART.has(words)).sort(), functions: SQL_FUNCTIONS };
}
