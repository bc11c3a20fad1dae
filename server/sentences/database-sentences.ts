// Sentences in place of an answer from the reader's database.

/** The connection broke before the statement was answered. */
export const CONNECTION_LOST = 'The connection to the database was lost.';
/** The database refused the connection without giving a reason. */
export const CONNECTION_REFUSED = 'The server refused the connection.';

/** Returns the sentence for an answer with more than that many bytes. */
export function answerTooLargeSentence(maxBytes: number): string {
  return `The answer takes more than ${maxBytes >> 20} MiB, the limit for one statement here.`;
}

/** Returns the error for a user name that the database refuses, in the database's style: no capital, no full stop. */
export function noCertificateFor(user: string): string {
  return `no certificate can be made for the user "${user}"`;
}

/** The table or its database does not exist. */
export const NO_SUCH_TABLE = 'There is no such table in your cluster.';
/** Listing the tables took too long. */
export const TABLES_HELD = 'The cluster did not list its tables in time: a statement may be holding them.';

/** Returns the sentence for a table that could not be read in that many seconds, probably because it is locked. */
export function tableHeldSentence(seconds: number): string {
  return `The table did not come within ${seconds} seconds: a transaction may be holding it.`;
}

/** The page's rows do not fit into an answer, even with long cells cut. */
export const ROWS_TOO_LARGE = 'The rows are too large.';
/** The client disconnected before it was the turn of its request. */
export const ROWS_UNWANTED = 'Nobody is waiting for these rows any more.';
/** The column to sort by does not exist. The page replaces `sort: ` by the column's name. */
export const NO_SUCH_COLUMN = 'sort: there is no such column.';

/** Returns the sentence for a column whose type cannot be sorted; `said` is the database's message. */
export function notSortedSentence(said: string): string {
  return `sort: the database says “${said}”.`;
}
