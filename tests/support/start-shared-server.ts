import type { TestProject } from 'vitest/node';
import { startServer } from '../../commands/client/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Its address, why runs are off (undefined when they are on), and what it printed at its start. */
    sharedServer: { url: string; off: string | undefined; log: string };
  }
}

/**
 * Vitest's global set-up: starts the server that is shared by all test files without settings of their own. Starting
 * one takes a second and a half of processor time, and its spare clusters as much again. Returns a function that stops
 * it.
 */
export default async function startSharedServer(project: TestProject): Promise<() => Promise<void>> {
  // All readers of a test run have one address, and readers that a test has closed may keep a cluster for a moment.
  const server = await startServer({ INSTANCE: 'test', SANDBOXES_PER_ADDRESS: '100' });
  project.provide('sharedServer', { url: server.url, off: server.off, log: server.log() });
  return () => server.stop();
}
