// What is said in place of an answer of the reader's database.

/** The statement under way has no answer. */
export const CONNECTION_LOST = 'The connection to the database was lost.';
/** The database refused a certificate, and did not say why. */
export const CONNECTION_REFUSED = 'The server refused the connection.';

/** A statement's answer is cut off at that many bytes. */
export function answerTooLargeSentence(mostBytes: number): string {
  return `The answer takes more than ${mostBytes >> 20} MiB, the limit for one statement here.`;
}

/** Certificates are made for names that the database may refuse. In the database's own manner: no capital, no stop. */
export function noCertificateFor(user: string): string {
  return `no certificate can be made for the user "${user}"`;
}

/** Or its database no longer exists. */
export const NO_SUCH_TABLE = 'There is no such table in your cluster.';
/** The list of tables did not come in time. */
export const TABLES_HELD = 'The cluster did not list its tables in time: a statement may be holding them.';

/** Somebody else's transaction may be what it waits for. */
export function tableHeldSentence(seconds: number): string {
  return `The table did not come within ${seconds} seconds: a transaction may be holding it.`;
}

/** Not even with cells cut do all rows of the page fit into an answer. */
export const ROWS_TOO_LARGE = 'The rows are too large.';
/** A page asked for rows, and then for others. */
export const ROWS_UNWANTED = 'Nobody is waiting for these rows any more.';
/** The page takes `sort: ` away, and says by which column. */
export const NO_SUCH_COLUMN = 'sort: there is no such column.';

/** The same, of a type that has no order; `said` is the database's. */
export function notSortedSentence(said: string): string {
  return `sort: the database says “${said}”.`;
}
