import type { Report, ServerEvent } from './report.ts';

const MIB = 1 << 20;
/** How much of an engine's last words is logged. */
const LAST_CHARACTERS = 500;

/** Writes events into the server's log, which is its stderr. */
export const log: Report = (event) => console.error(...wordsOf(event));

function wordsOf(event: ServerEvent): unknown[] {
  switch (event.type) {
    case 'failure':
      return [`error ${event.id}:${event.about === '' ? '' : ` ${event.about}:`}`, event.cause];
    case 'runs-off':
      return ['runs are off:', event.cause];
    case 'container-lost':
      return [`${event.container} is lost: ${event.reason}`];
    case 'engine-ended':
      // As JSON: an escape sequence could do more to the operator's terminal than be read.
      return [
        `engine of ${event.container} ended with ${event.exitCode}: ` +
          `${JSON.stringify(event.log.slice(-LAST_CHARACTERS))}`,
      ];
    case 'tables-unreadable':
      return [`the tables of sandbox ${event.sandbox} could not be read:`, event.cause];
    case 'warm-cluster-not-started':
      return ['warm pool: could not start a cluster:', event.cause];
    case 'memory-unreadable':
      return ['what the machine’s memory holds cannot be read:', event.cause];
    case 'uncounted-memory-grew':
      return [
        `memory that is charged to nobody has grown by ${Math.round(event.bytes / MIB)} MiB: ` +
          `ended something of ${event.ended.join(', ')}`,
      ];
    case 'not-removed':
      return [`${event.what}${event.id === undefined ? '' : ` ${event.id}`} was not removed:`, event.cause];
    case 'unhandled-rejection':
      return ['unhandled rejection:', event.cause];
  }
}
