import { PostgreSQL } from '@codemirror/lang-sql';

/** The editor's grammar for SQL. CockroachDB's keywords are PostgreSQL's with few additions. */
export const sql = PostgreSQL.language;
