import { sqlWords } from '../build/sql-words.ts';

export const GET = (): Response => Response.json(sqlWords());
