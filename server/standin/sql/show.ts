import type { Plan } from './plan.ts';
import type { Statement } from './statement.ts';
import { Words } from './words.ts';

/** SHOW … (cockroachlabs.com/docs/stable/show-tables and its neighbours). */
export function planShow(statement: Statement): Plan | undefined {
  const words = new Words(statement);
  words.need('show');
  return undefined;
}
