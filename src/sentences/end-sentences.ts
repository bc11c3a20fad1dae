import { MODE_NAMES } from '../../shared/modes.ts';
import type { EndReason, Mode } from '../../shared/protocol.ts';
import { DATA_LOST } from './cluster-sentences.ts';
import { CLUSTER_GONE } from './press-sentences.ts';

/** What the head of a result says where a run's end says more than the step's own. */
export const END_HEADS: Partial<Record<EndReason, string>> = {
  'timed-out': 'Time limit reached',
  'too-much-output': 'Output limit reached',
  'server-failed': 'Failed, through no fault of yours',
};

/**
 * A run was under way when we lost sight of it, and the server no longer knows it: it forgets clusters when it ends,
 * and a while after their end.
 */
export const INTERRUPTED =
  'The server no longer knows this run: it was started anew, or your cluster was removed a while ago.';
/** The server keeps the output of the last few runs only. */
export const RESULT_LOST =
  'What this printed is no longer kept, because other runs came after it. Your cluster is still there.';

/** A run's end for the status line; `title` names the step it ended in. */
export function endSentence(reason: EndReason, title: string): string {
  switch (reason) {
    case 'finished':
      return `Done: ${title}.`;
    case 'failed-step':
      return `Failed: ${title}.`;
    case 'timed-out':
      return `Time limit reached: ${title}.`;
    case 'too-much-output':
      return `Output limit reached: ${title}.`;
    case 'stopped':
      return `Stopped: ${title}.`;
    case 'lost':
      return 'Your cluster is gone.';
    case 'server-failed':
      return `Failed, through no fault of yours: ${title}.`;
  }
}

/** The head of a step whose statement waits for another session; undefined is a session without a name. */
export function waitingSentence(own: string | undefined, other: string | undefined): string {
  const next = own === undefined ? 'the next step of its session' : `the next step of session ${own}`;
  return `Waits for ${other === undefined ? 'another session' : `session ${other}`}; ${next} has its answer`;
}

/** Above what a step prints whose session had a step waiting: that one's answer, which came late, and then its own. */
export function answerSentence(of: 'waited' | 'own', session: string | undefined): string {
  if (of === 'own') return 'Answer of this step';
  return `Answer of the step that waited${session === undefined ? '' : `: session ${session}`}`;
}

/** How long something took or has taken, for people. */
export function timeSentence(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms} ms`;
}

/** Before the end of a run in the mode that the page does not show. */
export const inMode = (mode: Mode): string => `${MODE_NAMES[mode]} mode:`;

/** The cluster was lost while a run was under way; `why` is the server's sentence. */
export const lostInRun = (why = `${CLUSTER_GONE}.`): string => `${why} ${DATA_LOST}`;

/** The head of a step's result that did not succeed. */
export function failedSentence({
  ms,
  exitCode,
  sqlState,
}: {
  ms: number;
  exitCode?: number;
  sqlState?: string;
}): string {
  const failed = `Failed after ${timeSentence(ms)}`;
  // A SQL step has the shell's exit code, too, which says less.
  if (sqlState !== undefined) return `${failed}, SQLSTATE ${sqlState}`;
  return exitCode === undefined ? failed : `${failed}, exit code ${exitCode}`;
}
