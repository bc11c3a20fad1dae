import { sqlWords } from '../build/sql-words.ts';

/** `/sql-words.json`: what the SQL shell of the page completes. */
export const GET = (): Response => Response.json(sqlWords());
