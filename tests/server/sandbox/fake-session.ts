import type { SqlSession } from '../../../server/cluster/sql-session.ts';

/** Returns a session that stays open and supports only the methods that are passed here. */
export function fakeSession(given: Partial<SqlSession>): SqlSession {
  return {
    isOver: false,
    transaction: undefined,
    ended: new Promise(() => undefined),
    query: async () => {
      throw new Error('This session is a fake, and answers no statement.');
    },
    cancel: async () => undefined,
    close: async () => undefined,
    destroy: () => undefined,
    ...given,
  };
}
