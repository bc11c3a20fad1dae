import type { Session } from './executor.ts';

const CONTINUED = '-> ';

/** The prompt before a statement, with what it expands: user, host, port, database, state of the transaction. */
export async function expandPrompt(session: Session): Promise<string> {
  const { user, host, port } = session.options;
  const status = (await session.connection().catch(() => undefined))?.status;
  const database =
    status === undefined || status === 'E' ? '?' : (await session.value('SELECT current_database()')) || '?';
  const values: Record<string, string> = {
    '%n': user,
    '%M': `${host}:${port}`,
    '%m': host,
    '%>': String(port),
    '%/': database,
    '%x': await transaction(session, status),
    '%%': '%',
  };
  return `${session.settings.prompt.replace(/%[nMm>/x%]/g, (word) => values[word]!)} `;
}

/** The prompt before the further lines of a statement, as wide as the first one. */
export function continuedPrompt(prompt: string): string {
  return CONTINUED.padStart(prompt.length);
}

async function transaction(session: Session, status: 'I' | 'T' | 'E' | undefined): Promise<string> {
  if (status === 'I') return '';
  if (status === 'E') return ' ERROR';
  if (status === undefined) return ' ?';
  return (await session.value('SHOW TRANSACTION STATUS')) === 'CommitWait' ? '  DONE' : '  OPEN';
}
