import type { Step } from '../../../shared/protocol.ts';

/** Returns a step that runs a command. */
export const shell = (id: string, command: string): Step => ({ id, kind: 'shell', command });

/** Returns a step that runs SQL as root. */
export const sql = (id: string, statements: string, database = 'defaultdb'): Step => ({
  id,
  kind: 'sql',
  statements,
  user: 'root',
  database,
});

/** Returns a step that writes a file. */
export const file = (path: string, text: string): Step => ({ id: path, kind: 'file', path, text });
