import { randomBytes } from 'node:crypto';

/**
 * What the server reports about itself, for whoever runs it. Domain code says what happened; how that is shown or
 * counted is for the implementation of `Report` (`server/log.ts`).
 */
export type ServerEvent =
  /** A failure on our side that a reader was told of under that id. */
  | { type: 'failure'; id: string; about: string; cause: unknown }
  /** Code cannot be run; `cause` is what the operator's sentence does not say. */
  | { type: 'runs-off'; cause: unknown }
  | { type: 'container-lost'; container: string; reason: string }
  /** `log`: the engine's last words, hostile. */
  | { type: 'engine-ended'; container: string; exitCode: number; log: string }
  | { type: 'tables-unreadable'; sandbox: string; cause: unknown }
  | { type: 'warm-cluster-not-started'; cause: unknown }
  | { type: 'memory-unreadable'; cause: unknown }
  /** Memory that no container is charged for has grown; something in each of these containers was ended. */
  | { type: 'uncounted-memory-grew'; bytes: number; ended: string[] }
  /** What could not be removed; the next start's sweep removes it. */
  | {
      type: 'not-removed';
      what: 'container' | 'sandbox' | 'warm cluster' | 'failed start';
      id?: string;
      cause: unknown;
    }
  | { type: 'unhandled-rejection'; cause: unknown };

/** Takes what happened. Never throws. */
export type Report = (event: ServerEvent) => void;

/** Reports a failure on our side, whole, under a new id. Returns the id, which is all that a reader is told of it. */
export function reportFailure(report: Report, cause: unknown, about = ''): string {
  const id = randomBytes(6).toString('hex');
  report({ type: 'failure', id, about, cause });
  return id;
}
