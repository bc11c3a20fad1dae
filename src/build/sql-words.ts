import { SHOWN, STATEMENTS } from '../../standin/src/sql/constructs.ts';
import type { SqlWords } from '../terminal/completions.ts';
import { SQL_FUNCTIONS } from '../sql-functions.ts';

/** SQL in the descriptions of the stand-in's constructs, up to the first placeholder. */
const SQL = /`([A-Z][A-Z ]*[A-Z])(?![\w])[^`]*`/g;
/** Pieces that only continue the statement before them (`… OWNER`) or are not statements on their own. */
const IS_PART = new Set(['ENUM', 'AS']);

/** Returns the words that the SQL shell completes: statements from the stand-in's list of constructs, and functions. */
export function sqlWords(): SqlWords {
  const constructs = [...Object.values(STATEMENTS), ...Object.values(SHOWN)];
  const written = constructs.flatMap(({ does }) => [...does.matchAll(SQL)].map(([, words]) => words!));
  // Some descriptions name the statement in other words; then the title of its documentation page has it.
  const named = constructs.flatMap(({ pages }) =>
    pages
      .filter((page) => /^(?:create|alter|drop)-[a-z]+$/.test(page))
      .map((page) => page.toUpperCase().replace('-', ' ')),
  );
  const found = [...written, ...named];
  return { statements: [...new Set(found)].filter((words) => !IS_PART.has(words)).sort(), functions: SQL_FUNCTIONS };
}
