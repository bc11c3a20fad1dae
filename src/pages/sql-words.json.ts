import { sqlWords } from '../build/sql-words.ts';

/** `/sql-words.json`: the words that the page's SQL shell completes. */
export const GET = (): Response => Response.json(sqlWords());
