import type { LostCause } from '../../shared/protocol.ts';
import { AppError } from '../errors.ts';

/**
 * What readers are told about their sandbox, its runs and terminals. The wire carries the code of each too, by which
 * pages say it in their own words; these sentences are for clients that have none. Those on SQL sessions are in
 * `session-sentences.ts`.
 */

/** Another page of the reader's shows the terminal now. */
export const TERMINAL_TAKEN = 'This terminal was opened in another page of yours, and goes on there.';

/** Why a sandbox is gone; `memoryBytes` is what it might use. */
export function lostSentence(cause: LostCause, memoryBytes: number): string {
  switch (cause) {
    case 'expired':
      return 'Your cluster was removed because it was not used for a while, or had lived its full time.';
    case 'reset':
      return 'Your cluster was reset.';
    case 'out-of-memory':
      return `Your cluster ran out of memory (the limit is ${memoryBytes >> 20} MiB) and was ended.`;
    case 'engine-ended':
      return 'The database process in your cluster ended: a statement or command of yours stopped it.';
    case 'drained':
      return 'Your cluster was drained (`cockroach node drain`) and takes no more clients.';
    case 'agent-lost':
      return 'Your cluster stopped answering and was removed.';
    case 'shutdown':
      return 'The server was shut down, and your cluster with it.';
  }
}

/** A step took longer than it may; `isHeld`: a transaction is open in a session, which may be what it waited for. */
export function timedOutSentence(stepMs: number, isHeld: boolean): string {
  const sentence = `It was ended after ${stepMs / 1000} seconds, the limit for one step.`;
  return isHeld
    ? `${sentence} A transaction is open in a SQL session of this cluster: what needs the same rows waits for its end.`
    : sentence;
}

/** A run printed more than it may. */
export function printedTooMuchSentence(outputBytes: number): string {
  return `It was ended because it printed more than ${outputBytes / 1024} KiB, the limit for one run.`;
}

/** What a run printed takes more memory than it may: small pieces and cells cost more than they print. */
export function keptTooMuchSentence(keptBytes: number): string {
  return (
    'It was ended because keeping its output, with all its pieces and cells, ' +
    `takes more than ${keptBytes / 1024} KiB, the limit for one run.`
  );
}

/** Something failed on our side, and was reported under that id. */
export function failureSentence(cause: unknown, id: string): string {
  const sentence = cause instanceof AppError ? cause.message : 'Something of ours failed while this ran.';
  return `${sentence} Your cluster is still there. (Error ${id}.)`;
}
