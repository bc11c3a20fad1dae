import type { ForeignTable } from '../sql/databases/foreign-rows.ts';

/** Where a statement is carried out, and what it reads from other databases. */
export interface Place {
  /** The database; undefined for the session's own at that moment. */
  database: string | undefined;
  foreign: ForeignTable[];
}
