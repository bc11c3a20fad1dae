/**
 * The type bytes of PostgreSQL's messages, by the names that its manual uses
 * (postgresql.org/docs/18/protocol-message-formats.html). The same letter means one thing from a client and another
 * from a server.
 */

/** What a client sends. */
export const CLIENT = {
  bind: 'B',
  close: 'C',
  copyData: 'd',
  copyDone: 'c',
  copyFail: 'f',
  describe: 'D',
  execute: 'E',
  flush: 'H',
  parse: 'P',
  query: 'Q',
  sync: 'S',
  terminate: 'X',
} as const;

/** What a server sends. */
export const SERVER = {
  authentication: 'R',
  backendKeyData: 'K',
  bindComplete: '2',
  closeComplete: '3',
  commandComplete: 'C',
  copyInResponse: 'G',
  dataRow: 'D',
  emptyQueryResponse: 'I',
  errorResponse: 'E',
  noData: 'n',
  noticeResponse: 'N',
  parameterDescription: 't',
  parameterStatus: 'S',
  parseComplete: '1',
  portalSuspended: 's',
  readyForQuery: 'Z',
  rowDescription: 'T',
} as const;

/** What a Describe or Close refers to: a prepared statement or a portal. */
export const TARGET = { statement: 'S', portal: 'P' } as const;

/** The state of the transaction in ReadyForQuery: none, open or failed. */
export type TransactionStatus = 'I' | 'T' | 'E';
