import { AwayError, RefusedError } from './request.ts';
import { INTERRUPTED, RESULT_LOST } from '../sentences/end-sentences.ts';
import { AWAY_ADVICE, CLUSTER_MISSING, DATA_LOST, SERVER_AWAY } from '../sentences/cluster-sentences.ts';
import { CLUSTER_GONE } from '../sentences/press-sentences.ts';
import { UNFORESEEN } from '../sentences/server-sentences.ts';

/** What went wrong with a press, and what the reader can do about it. */
export interface Trouble {
  /** For the head of the result. */
  head: string;
  sentence: string;
  /** Try the press again; do it in a new cluster; or get the rest of a run that goes on without us. */
  remedy: 'again' | 'fresh' | 'resume';
  /** Set when the cluster is gone: why. */
  lost?: string;
  /** The reader meant it. */
  calm?: boolean;
  /** A failure that nobody foresaw. */
  unknown?: boolean;
}

/** How far a press was when it failed. */
export interface PressStage {
  /** The reader pressed Stop. */
  gaveUp: boolean;
  /** The server has taken the run. */
  hasBegun: boolean;
  /** The cluster is there, as far as the page knows. */
  hasCluster?: boolean;
  /** The connection broke, or the page was left, while it ran. */
  wasAway?: boolean;
}

/** Reads a failure. Pure. */
export function troubleOf(
  cause: unknown,
  { gaveUp, hasBegun, hasCluster = false, wasAway = false }: PressStage,
): Trouble {
  if (gaveUp && !hasBegun)
    return { head: 'Stopped', sentence: 'You stopped it before it began.', remedy: 'again', calm: true };
  if (gaveUp)
    return {
      head: 'Left',
      sentence: 'You left it; it may still be running in your cluster.',
      remedy: 'resume',
      calm: true,
    };
  if (cause instanceof RefusedError && cause.status === 404 && hasBegun && hasCluster)
    return { head: 'Result lost', sentence: RESULT_LOST, remedy: 'again' };
  if (cause instanceof RefusedError && (cause.status === 404 || cause.status === 410)) {
    const gone = hasBegun && wasAway ? INTERRUPTED : CLUSTER_MISSING;
    const lost = cause.status === 410 ? cause.message : gone;
    return { head: CLUSTER_GONE, sentence: `${lost} ${DATA_LOST}`, remedy: 'fresh', lost };
  }
  // What the API says of a step, for people.
  if (cause instanceof RefusedError)
    return {
      head: 'Not run',
      sentence: cause.message.replace(/^steps\.\d+\.(?:text|command|statements):/, 'The code'),
      remedy: 'again',
    };
  if (cause instanceof AwayError && hasBegun)
    return {
      head: 'Connection lost',
      sentence: `${cause.message} What ran may still go on. ${AWAY_ADVICE}`,
      remedy: 'resume',
    };
  if (cause instanceof AwayError)
    return { head: 'Not run', sentence: `${cause.message} ${AWAY_ADVICE} Try again when it is back.`, remedy: 'again' };
  return {
    head: 'Not run',
    sentence: UNFORESEEN,
    remedy: 'again',
    unknown: true,
  };
}

/** Why something else than a run could not be done now. */
export function whyNot(cause: unknown): string {
  return cause instanceof RefusedError ? cause.message : SERVER_AWAY;
}
