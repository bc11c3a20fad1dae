import type { TransactionStatus } from '../protocol/message-types.ts';
import type { Executor } from './executor.ts';

const CONTINUED = '-> ';

/**
 * Returns the prompt before a statement, with its placeholders expanded: user, host, port, database, transaction state.
 */
export async function expandPrompt(executor: Executor): Promise<string> {
  const { user, host, port } = executor.options;
  const status = (await executor.connection().catch(() => undefined))?.status;
  const database =
    status === undefined || status === 'E' ? '?' : (await executor.value('SELECT current_database()')) || '?';
  const values: Record<string, string> = {
    '%n': user,
    '%M': `${host}:${port}`,
    '%m': host,
    '%>': String(port),
    '%/': database,
    '%x': await transaction(executor, status),
    '%%': '%',
  };
  return `${executor.settings.prompt.replace(/%[nMm>/x%]/g, (word) => values[word]!)} `;
}

/** Returns the prompt before the following lines of a statement, as wide as the first prompt. */
export function continuedPrompt(prompt: string): string {
  return CONTINUED.padStart(prompt.length);
}

async function transaction(executor: Executor, status: TransactionStatus | undefined): Promise<string> {
  if (status === 'I') return '';
  if (status === 'E') return ' ERROR';
  if (status === undefined) return ' ?';
  return (await executor.value('SHOW TRANSACTION STATUS')) === 'CommitWait' ? '  DONE' : '  OPEN';
}
