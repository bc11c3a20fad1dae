import type { FailureEvent } from './report.ts';

const MIB = 1 << 20;
/** How much of the end of an engine's output is logged. */
const LAST_CHARACTERS = 500;

/** Returns what happened, in words for the operator, without the cause. */
export function wordsOf(event: FailureEvent): string {
  switch (event.type) {
    case 'failure':
      return `error ${event.id}${event.about === '' ? '' : `: ${event.about}`}`;
    case 'runs-off':
      return 'runs are off';
    case 'container-lost':
      return `${event.container} was lost: ${event.reason}`;
    case 'engine-ended':
      // As JSON, because control characters could change the operator's terminal.
      return (
        `the engine of ${event.container} ended with exit code ${event.exitCode}: ` +
        JSON.stringify(withoutStatements(event.log).slice(-LAST_CHARACTERS))
      );
    case 'tables-unreadable':
      return `the tables of sandbox ${event.sandbox} could not be read`;
    case 'warm-cluster-not-started':
      return 'warm pool: could not start a cluster';
    case 'certificates-not-made':
      return 'certificates could not be made ahead';
    case 'memory-unreadable':
      return 'the machine’s memory use cannot be read';
    case 'metrics-unreadable':
      return 'the metrics cannot be read';
    case 'uncounted-memory-grew':
      return (
        `memory that is charged to no container has grown by ${Math.round(event.bytes / MIB)} MiB: ` +
        `ended the readers’ programs in, or all of, ${event.ended.join(', ')}`
      );
    case 'not-removed':
      return `${event.what}${event.id === undefined ? '' : ` ${event.id}`} was not removed`;
    case 'client-not-accepted':
      return 'clients cannot connect';
    case 'unhandled-rejection':
      return 'unhandled rejection';
  }
}

/**
 * Returns the end of an engine's output, without the statements that PostgreSQL adds to its errors: they are readers'
 * code. Their further lines begin with a tab, as do those of a statement whose beginning was cut off.
 */
function withoutStatements(log: string): string {
  return log.replaceAll(/^.*\bSTATEMENT: .*\n?(?:\t.*\n?)*/gm, '').replace(/^(?:\t.*\n?)+/, '');
}
