import type { EndReason, LostCause } from '../../shared/protocol.ts';
import type { ErrorCode, LimitName } from '../errors.ts';
import { FAILURE_LEVELS } from '../log-level.ts';

// All values that labels can have, so that each counter is 0 from the start: Prometheus sees no increase in a counter
// whose first value is 1. The types make these lists complete.

/** The limits that a request can meet. */
export const LIMITS = namesIn<LimitName>({
  slots: true,
  'sandboxes-of-reader': true,
  'sandboxes-of-address': true,
  'sandboxes-of-site': true,
  'new-sandboxes': true,
  'runs-a-minute': true,
  'requests-a-minute': true,
  requests: true,
  followers: true,
  'table-reads': true,
  bodies: true,
  terminals: true,
  files: true,
  connections: true,
});

/** The codes of answers with an error. */
export const CODES = namesIn<ErrorCode>({
  'bad-request': true,
  'too-large': true,
  'length-required': true,
  'foreign-origin': true,
  'unknown-token': true,
  'not-found': true,
  gone: true,
  busy: true,
  full: true,
  'too-many': true,
  unavailable: true,
  'file-refused': true,
  'sandbox-lost': true,
  internal: true,
});

/** Why sandboxes end. */
export const CAUSES = namesIn<LostCause>({
  expired: true,
  left: true,
  reset: true,
  'out-of-memory': true,
  'engine-ended': true,
  drained: true,
  'agent-lost': true,
  shutdown: true,
});

/** Why runs end. */
export const REASONS = namesIn<EndReason>({
  finished: true,
  'failed-step': true,
  'timed-out': true,
  'too-much-output': true,
  stopped: true,
  lost: true,
  'server-failed': true,
});

/** What an operator may have to look at. */
export const FAILURES = namesIn(FAILURE_LEVELS);

function namesIn<Name extends string>(names: Record<Name, unknown>): Name[] {
  return Object.keys(names) as Name[];
}
