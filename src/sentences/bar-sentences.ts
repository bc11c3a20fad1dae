import { DATA_LOST, keptSentence, OTHERS_WORK } from './cluster-sentences.ts';

/** A state of the cluster: as a sentence, and in a word or two. */
export interface BarWords {
  long: string;
  short: string;
}

/** A claim waits: `claim` says why. */
export const waitingWords = (claim: string): BarWords => ({ long: claim, short: 'Waiting' });
/** The cluster no longer exists: `lost` says why. */
export const goneWords = (lost: string): BarWords => ({ long: `${lost} ${DATA_LOST}`, short: 'Cluster gone' });
/** There is none, and nothing happens. */
export const NO_CLUSTER: BarWords = { long: 'Run starts a cluster of your own.', short: 'No cluster yet' };
/** A press has begun, and its cluster is not there yet. */
export const STARTING: BarWords = { long: 'Starting your cluster.', short: 'Starting' };
/** A run is under way. */
export const RUNNING: BarWords = { long: 'Your cluster is running your code.', short: 'Running' };
/** Another page used the cluster, and this page has not. */
export const OTHERS: BarWords = { long: `${OTHERS_WORK} Reset gives you a fresh one.`, short: 'Ready' };

/** The cluster waits on a server that drains: `reason` says so. */
export function leavingWords(reason: string, leftMs: number | undefined): BarWords {
  return { long: `${reason} ${readyWords(leftMs).long}`, short: 'Ready' };
}

/** The cluster waits for the reader; `leftMs` undefined: for how long it is kept is not known. */
export function readyWords(leftMs: number | undefined): BarWords {
  const kept = leftMs === undefined ? '' : `; it is kept for ${keptSentence(leftMs)}`;
  return { long: `Your cluster is ready${kept}.`, short: 'Ready' };
}
