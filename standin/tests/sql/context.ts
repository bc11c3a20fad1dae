import type { Context, TransactionControl } from '../../src/sql/translation/context.ts';

const notHere = (): never => {
  throw new Error('a test of translation alone carries nothing out');
};

const transaction: TransactionControl = {
  state: 'none',
  priority: 'normal',
  addedColumns: new Set(),
  droppedTables: new Set(),
  noteColumn: notHere,
  noteDropped: notHere,
  setPriority: notHere,
  begin: notHere,
  commit: notHere,
  rollback: notHere,
  savepoint: notHere,
  rollbackTo: notHere,
  release: notHere,
};

/**
 * Root in database `bank`, without a database underneath: for translations that ask nothing, or whose queries have
 * these rows.
 */
export function contextOf(rows?: (string | null)[][], variables: Record<string, string> = {}): Context {
  return {
    user: 'root',
    database: 'bank',
    query: () => (rows ? Promise.resolve(rows) : notHere()),
    execute: notHere,
    executeIn: notHere,
    executeAsRoot: notHere,
    useDatabase: notHere,
    clusterSettings: new Map(),
    session: {
      variables: new Map(Object.entries(variables)),
      transaction,
      id: '',
      secure: false,
      discard: notHere,
      leaveDatabase: notHere,
      translate: notHere,
    },
  };
}
