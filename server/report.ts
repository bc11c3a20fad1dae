import { randomBytes } from 'node:crypto';

/**
 * What the server reports about itself to its operator. Domain code says what happened; the implementation of `Report`
 * (`server/log.ts`) decides how to show or count it.
 */
export type ServerEvent =
  /** A failure on our side, whose id a reader was shown. */
  | { type: 'failure'; id: string; about: string; cause: unknown }
  /** Readers' code cannot be run; `cause` has the details that the operator's sentence leaves out. */
  | { type: 'runs-off'; cause: unknown }
  | { type: 'container-lost'; container: string; reason: string }
  /** `log` is the end of the engine's output; it is hostile. */
  | { type: 'engine-ended'; container: string; exitCode: number; log: string }
  | { type: 'tables-unreadable'; sandbox: string; cause: unknown }
  | { type: 'warm-cluster-not-started'; cause: unknown }
  | { type: 'memory-unreadable'; cause: unknown }
  /** Memory that is charged to no container has grown; the readers' programs in these containers were killed. */
  | { type: 'uncounted-memory-grew'; bytes: number; ended: string[] }
  /** Something could not be removed; the next start's sweep removes it. */
  | {
      type: 'not-removed';
      what: 'container' | 'sandbox' | 'warm cluster' | 'failed start';
      id?: string;
      cause: unknown;
    }
  | { type: 'unhandled-rejection'; cause: unknown };

/** Reports an event. Never throws. */
export type Report = (event: ServerEvent) => void;

/** Reports a failure on our side under a new id. Returns the id, which is all that readers are shown. */
export function reportFailure(report: Report, cause: unknown, about = ''): string {
  const id = randomBytes(6).toString('hex');
  report({ type: 'failure', id, about, cause });
  return id;
}
