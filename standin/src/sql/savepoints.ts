import type { ActPlan, Context } from './plan.ts';
import type { Statement } from './statement.ts';
import { Words } from './words.ts';

/** `SAVEPOINT name` (cockroachlabs.com/docs/stable/savepoint). */
export function planSavepoint(statement: Statement, { session }: Context): ActPlan {
  const words = new Words(statement);
  words.need('savepoint');
  const name = words.name();
  words.end();
  return {
    kind: 'act',
    act: async () => {
      await session.transaction.savepoint(name);
      return { tag: 'SAVEPOINT' };
    },
  };
}
