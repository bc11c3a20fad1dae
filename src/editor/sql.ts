import { PostgreSQL } from '@codemirror/lang-sql';

/** CockroachDB's words are PostgreSQL's, and few of its own. */
export const sql = PostgreSQL.language;
