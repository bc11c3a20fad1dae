import { AwayError, RefusedError } from './request.ts';
import { INTERRUPTED, RESULT_LOST } from '../sentences/end-sentences.ts';
import { CLUSTER_MISSING, DATA_LOST, SERVER_AWAY } from '../sentences/cluster-sentences.ts';
import { CLUSTER_GONE } from '../sentences/press-sentences.ts';
import { UNFORESEEN } from '../sentences/server-sentences.ts';
import {
  LEFT_RUNNING,
  STOPPED_EARLY,
  TROUBLE_HEADS,
  brokenRunSentence,
  notReachedSentence,
  refusedCodeSentence,
} from '../sentences/trouble-sentences.ts';

/** What went wrong with a press of Run, and what the reader can do about it. */
export interface Trouble {
  /** Shown at the head of the result. */
  head: string;
  sentence: string;
  /** Try the press again, try it in a new cluster, or get the rest of a run that goes on without this page. */
  remedy: 'again' | 'fresh' | 'resume';
  /** Why the cluster is gone, if it is. */
  lost?: string;
  /** The reader caused it on purpose, so it is not shown as an error. */
  calm?: boolean;
  /** An unexpected failure, to be logged. */
  unknown?: boolean;
}

/** How far a press of Run had got when it failed. */
export interface PressStage {
  /** The reader pressed Stop. */
  gaveUp: boolean;
  /** The server has accepted the run. */
  hasBegun: boolean;
  /** The cluster exists, as far as the page knows. */
  hasCluster?: boolean;
  /** The connection broke or the reader left the page while it ran. */
  wasAway?: boolean;
}

/** Returns what to tell the reader about a failed press. Pure. */
export function troubleOf(
  cause: unknown,
  { gaveUp, hasBegun, hasCluster = false, wasAway = false }: PressStage,
): Trouble {
  if (gaveUp && !hasBegun) return { head: TROUBLE_HEADS.stopped, sentence: STOPPED_EARLY, remedy: 'again', calm: true };
  if (gaveUp) return { head: TROUBLE_HEADS.left, sentence: LEFT_RUNNING, remedy: 'resume', calm: true };
  if (cause instanceof RefusedError && cause.status === 404 && hasBegun && hasCluster)
    return { head: TROUBLE_HEADS.lostResult, sentence: RESULT_LOST, remedy: 'again' };
  if (cause instanceof RefusedError && (cause.status === 404 || cause.status === 410)) {
    const gone = hasBegun && wasAway ? INTERRUPTED : CLUSTER_MISSING;
    const lost = cause.status === 410 ? cause.message : gone;
    return { head: CLUSTER_GONE, sentence: `${lost} ${DATA_LOST}`, remedy: 'fresh', lost };
  }
  if (cause instanceof RefusedError)
    return { head: TROUBLE_HEADS.notRun, sentence: refusedCodeSentence(cause.message), remedy: 'again' };
  if (cause instanceof AwayError && hasBegun)
    return { head: TROUBLE_HEADS.lostConnection, sentence: brokenRunSentence(cause.message), remedy: 'resume' };
  if (cause instanceof AwayError)
    return { head: TROUBLE_HEADS.notRun, sentence: notReachedSentence(cause.message), remedy: 'again' };
  return { head: TROUBLE_HEADS.notRun, sentence: UNFORESEEN, remedy: 'again', unknown: true };
}

/** Returns why an action other than a run failed, as a sentence. */
export function whyNot(cause: unknown): string {
  return cause instanceof RefusedError ? cause.message : SERVER_AWAY;
}
