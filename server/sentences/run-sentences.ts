import { AppError } from '../errors.ts';

/** One run at a time: another page of the reader's may have started it. */
export const RUN_UNDER_WAY = 'Another run is under way in your cluster: stop it, or wait for its end.';

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

/** A run or a terminal failed on our side, in a cluster that is still there; reported under that id. */
export function failureSentence(cause: unknown, id: string): string {
  const sentence = cause instanceof AppError ? cause.message : 'Something failed on our side while this ran.';
  return `${sentence} Your cluster is still there. (Error ${id}.)`;
}

/** A terminal could not be opened, because something failed on our side; reported under that id. */
export function terminalFailureSentence(id: string): string {
  return `Something failed on our side. (Error ${id}.)`;
}

/** A terminal was ended, and what ran in it has not yet gone. */
export const TERMINAL_STILL_ENDING = 'The program that ran in this terminal before is still ending: try again.';
