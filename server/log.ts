import type { Report, ServerEvent } from './report.ts';

const MIB = 1 << 20;
/** How much of the end of an engine's output is logged. */
const LAST_CHARACTERS = 500;

/** Writes events to the server's log, which is stderr. */
export const log: Report = (event) => {
  const line = lineOf(event);
  if (line) console.error(...line);
};

/** Returns what to log, or undefined for events that are only counted. */
function lineOf(event: ServerEvent): unknown[] | undefined {
  switch (event.type) {
    case 'failure':
      return [`error ${event.id}:${event.about === '' ? '' : ` ${event.about}:`}`, event.cause];
    case 'runs-off':
      return ['runs are off:', event.cause];
    case 'container-lost':
      return [`${event.container} was lost: ${event.reason}`];
    case 'engine-ended':
      // As JSON, because control characters could change the operator's terminal.
      return [
        `the engine of ${event.container} ended with exit code ${event.exitCode}: ` +
          `${JSON.stringify(event.log.slice(-LAST_CHARACTERS))}`,
      ];
    case 'tables-unreadable':
      return [`the tables of sandbox ${event.sandbox} could not be read:`, event.cause];
    case 'warm-cluster-not-started':
      return ['warm pool: could not start a cluster:', event.cause];
    case 'certificates-not-made':
      return ['certificates could not be made ahead:', event.cause];
    case 'memory-unreadable':
      return ['the machine’s memory use cannot be read:', event.cause];
    case 'metrics-unreadable':
      return ['the metrics cannot be read:', event.cause];
    case 'uncounted-memory-grew':
      return [
        `memory that is charged to no container has grown by ${Math.round(event.bytes / MIB)} MiB: ` +
          `ended the readers’ programs in, or all of, ${event.ended.join(', ')}`,
      ];
    case 'not-removed':
      return [`${event.what}${event.id === undefined ? '' : ` ${event.id}`} was not removed:`, event.cause];
    case 'unhandled-rejection':
      return ['unhandled rejection:', event.cause];
    default:
      return undefined;
  }
}
