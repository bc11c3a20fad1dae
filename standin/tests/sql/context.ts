import type { Context, TransactionControl } from '../../src/sql/translation/context.ts';

const notHere = (): never => {
  throw new Error('a test of translation carries nothing out');
};

const transaction: TransactionControl = {
  state: 'none',
  priority: 'normal',
  schema: {
    addedColumns: new Set(),
    droppedTables: new Set(),
    droppedParts: new Set(),
    renamedTables: new Set(),
    noteColumn: notHere,
    noteCreated: notHere,
    noteDropped: notHere,
    noteDroppedPart: notHere,
    isNew: () => false,
    defer: notHere,
    noteRenamed: notHere,
  },
  savepoints: [],
  setPriority: notHere,
  setReadOnly: notHere,
  readTime: undefined,
  readAt: notHere,
  checkNone: () => undefined,
  begin: notHere,
  commit: notHere,
  rollback: notHere,
  savepoint: notHere,
  rollbackTo: notHere,
  release: notHere,
};

/**
 * Returns the context of root in database `bank` without PostgreSQL underneath: for translations that query nothing, or
 * whose queries return these rows.
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
    node: { sessions: [], jobs: [], cancelQuery: notHere, cancelSession: notHere },
    session: {
      variables: new Map(Object.entries(variables)),
      transaction,
      id: '',
      lastTookMs: 0,
      secure: false,
      discard: notHere,
      deallocate: notHere,
      deallocateAll: notHere,
      leaveDatabase: notHere,
      requireRoomForDatabase: notHere,
      shapes: () => Promise.resolve(new Map()),
      noteCreated: notHere,
      translate: notHere,
    },
  };
}
