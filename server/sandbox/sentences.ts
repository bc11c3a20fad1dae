import { AppError } from '../errors.ts';

/**
 * What readers are told about their sandbox, its runs and terminals. The wire carries the code of each too, by which
 * pages say it in their own words; these sentences are for clients that have none. Those on SQL sessions are in
 * `session-sentences.ts`.
 */

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
