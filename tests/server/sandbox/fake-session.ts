import type { SqlSession } from '../../../server/cluster/sql-session.ts';

/** A session that stays open, and does nothing but what is given here. */
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
