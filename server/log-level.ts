import type { FailureEvent, ServerEvent } from './report.ts';

/** How much an event matters: a failure on our side, worth a look, or daily business. */
export type Level = 'error' | 'warn' | 'info';

/** The levels of failures. */
export const FAILURE_LEVELS: Record<FailureEvent['type'], 'error' | 'warn'> = {
  failure: 'error',
  'runs-off': 'error',
  'not-removed': 'error',
  'warm-cluster-not-started': 'error',
  'certificates-not-made': 'error',
  'memory-unreadable': 'error',
  'metrics-unreadable': 'error',
  'client-not-accepted': 'error',
  'unhandled-rejection': 'error',
  // Readers can cause the others.
  'container-lost': 'warn',
  'engine-ended': 'warn',
  'tables-unreadable': 'warn',
  'uncounted-memory-grew': 'warn',
};

const SEVERITY: Record<Level, number> = { error: 3, warn: 2, info: 1 };

/** Whether an event is one that an operator may have to look at. */
export function isFailure(event: ServerEvent): event is FailureEvent {
  return event.type in FAILURE_LEVELS;
}

/** Returns an event's level if it is at least as severe as `least`, otherwise undefined. */
export function levelFrom(least: Level, event: ServerEvent): Level | undefined {
  const level = isFailure(event) ? FAILURE_LEVELS[event.type] : 'info';
  return SEVERITY[level] >= SEVERITY[least] ? level : undefined;
}
