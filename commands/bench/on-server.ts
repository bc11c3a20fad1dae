import { startServer, type RunningServer } from '../client/server.ts';

/**
 * Measures on a server with these settings, started for this and stopped afterwards. Prints what its runs are made on.
 * Throws when runs are off.
 */
export async function onServer(
  settings: Record<string, string>,
  measure: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await startServer({ INSTANCE: 'bench', WARM_PER_MODE: '0', ...settings });
  try {
    if (server.off !== undefined) throw new Error(`There is nothing to measure here: ${server.off}`);
    const made = server.log().split('\n');
    console.log(made.filter((line) => line.startsWith('Runs are')).join('\n'));
    await measure(server);
  } finally {
    await server.stop();
  }
}
