import { SqlError } from '../problem.ts';
import type { Context, Plan } from './plan.ts';
import { quoteText, type Statement } from './statement.ts';
import { Words } from './words.ts';

/** SET, RESET, USE and DISCARD (cockroachlabs.com/docs/stable/set-vars). */
export function planSetting(statement: Statement, context: Context): Plan {
  const words = new Words(statement);
  if (words.skip('use')) return use(words, context);
  if (words.skip('discard')) return { kind: 'run', sql: statement.source };
  return { kind: 'run', sql: statement.source, tag: 'SET' };
}

function use(words: Words, context: Context): Plan {
  const database = words.name();
  words.end();
  return {
    kind: 'act',
    act: async () => {
      const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(database)}`);
      if (!found) throw new SqlError('3D000', `database "${database}" does not exist`);
      await context.use(database);
      return { tag: 'SET' };
    },
  };
}
