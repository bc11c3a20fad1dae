import type { Server } from 'node:net';
import type { Report } from '../report.ts';

/** Each client that tries would cause a report. */
const EVERY_MS = 60_000;

/**
 * Reports, at most once a minute, that a listening server could not accept a client, as when all file descriptors are
 * in use. Without a listener for that the program would end, and with it the sandboxes of all readers.
 */
export function reportUnaccepted(server: Server, report: Report): void {
  let reportedMs = -Infinity;
  server.on('error', (cause) => {
    if (performance.now() - reportedMs < EVERY_MS) return;
    reportedMs = performance.now();
    report({ type: 'client-not-accepted', cause });
  });
}
