import { AppError } from '../errors.ts';

/** Another run is in progress, perhaps from another page of the reader's. */
export const RUN_UNDER_WAY = 'Another run is under way in your cluster: stop it, or wait for it to end.';

/** Returns the sentence for a step that took too long; `isHeld` means that an open transaction may have blocked it. */
export function timedOutSentence(stepMs: number, isHeld: boolean): string {
  const sentence = `It was ended after ${stepMs / 1000} seconds, the limit for one step.`;
  return isHeld
    ? `${sentence} A transaction is open in a SQL session of this cluster: what needs the same rows waits for its end.`
    : sentence;
}

/** Returns the sentence for a run that printed more than its limit. */
export function printedTooMuchSentence(outputBytes: number): string {
  return `It was ended because it printed more than ${outputBytes / 1024} KiB, the limit for one run.`;
}

/**
 * Returns the sentence for a run whose output needs too much memory: small pieces and cells need more than their text.
 */
export function keptTooMuchSentence(keptBytes: number): string {
  return (
    'It was ended because keeping its output, with all its pieces and cells, ' +
    `takes more than ${keptBytes / 1024} KiB, the limit for one run.`
  );
}

/** Returns the sentence for a run or terminal that failed on our side while the cluster still exists. */
export function failureSentence(cause: unknown, id: string): string {
  const sentence = cause instanceof AppError ? cause.message : 'Something failed on our side while this ran.';
  return `${sentence} Your cluster is still there. (Error ${id}.)`;
}

/** Returns the sentence for a terminal that could not be opened because of a failure on our side. */
export function terminalFailureSentence(id: string): string {
  return `Something failed on our side. (Error ${id}.)`;
}

/** The terminal was ended, but its program is still running. */
export const TERMINAL_STILL_ENDING = 'The program that ran in this terminal before is still ending: try again.';
