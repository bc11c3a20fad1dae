import { SHOWN, STATEMENTS } from '../../standin/src/sql/constructs.ts';
import { SQL_FUNCTIONS } from '../sql-functions.ts';

/** What the SQL shell of the page completes, apart from what a cluster holds. */
export interface SqlWords {
  /** How statements begin: as in `CREATE TABLE`. */
  statements: string[];
  /** Functions, with what stands between their parentheses. */
  functions: Readonly<Record<string, string>>;
}

/** A piece of SQL in the sentences of the stand-in's list, up to what stands for something else. */
const SQL = /`([A-Z][A-Z ]*[A-Z])(?![\w])[^`]*`/g;
/**
 * Pieces that only begin with the words of the statement before them, as in `… OWNER`, or are no statement of their
 * own.
 */
const IS_PART = new Set(['ENUM', 'AS']);

/** The words of the list that makes the page about the stand-in: what it answers can be typed. */
export function sqlWords(): SqlWords {
  const constructs = [...Object.values(STATEMENTS), ...Object.values(SHOWN)];
  const written = constructs.flatMap(({ does }) => [...does.matchAll(SQL)].map(([, words]) => words!));
  // What a sentence says in other words, its page is called by.
  const named = constructs.flatMap(({ pages }) =>
    pages
      .filter((page) => /^(?:create|alter|drop)-[a-z]+$/.test(page))
      .map((page) => page.toUpperCase().replace('-', ' ')),
  );
  const found = [...written, ...named];
  return { statements: [...new Set(found)].filter((words) => !IS_PART.has(words)).sort(), functions: SQL_FUNCTIONS };
}
