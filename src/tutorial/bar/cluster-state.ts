import { DATA_LOST, keptSentence, OTHERS_WORK } from '../../sentences/cluster-sentences.ts';

/** What is known of the reader's cluster. */
export interface ClusterFacts {
  hasCluster: boolean;
  isBusy: boolean;
  /** Epoch milliseconds. */
  expiresAtMs: number | undefined;
  /** How far the claim of a cluster is, or why it failed; undefined when nobody claims one. */
  claim: string | undefined;
  /** Why the last cluster no longer exists, until there is another. */
  lost: string | undefined;
  /** Why nothing can run now, and the same in a word or two. */
  off: { sentence: string; word: string } | undefined;
  hasOthersWork: boolean;
  /** A transaction is open in it. */
  transaction: { long: string; short: string } | undefined;
  /** What came of something else than a run; for a while. */
  told: string | undefined;
}

/** How a cluster is: as a sentence, in a word or two where a sentence has no room, and for the eye. */
export interface ClusterWords {
  long: string;
  short: string;
  kind: 'none' | 'ready' | 'busy' | 'off';
}

/** Pure. */
export function stateOf({ told, ...facts }: ClusterFacts): ClusterWords {
  const words = lastingStateOf(facts);
  return told === undefined ? words : { ...words, long: told, short: told };
}

function lastingStateOf({
  hasCluster,
  isBusy,
  expiresAtMs,
  claim,
  lost,
  off,
  hasOthersWork,
  transaction,
}: Omit<ClusterFacts, 'told'>): ClusterWords {
  if (off !== undefined) return { long: off.sentence, short: off.word, kind: 'off' };
  if (!hasCluster && claim !== undefined) return { long: claim, short: 'Waiting', kind: 'busy' };
  if (lost !== undefined) return { long: `${lost} ${DATA_LOST}`, short: 'Cluster gone', kind: 'off' };
  if (transaction) return { ...transaction, kind: isBusy ? 'busy' : 'ready' };
  if (isBusy)
    return {
      long: hasCluster ? 'Your cluster is running your code.' : 'Starting your cluster.',
      short: hasCluster ? 'Running' : 'Starting',
      kind: 'busy',
    };
  if (!hasCluster) return { long: 'Run starts a cluster of your own.', short: 'No cluster yet', kind: 'none' };
  if (hasOthersWork) return { long: `${OTHERS_WORK} Reset gives you a fresh one.`, short: 'Ready', kind: 'ready' };
  const kept = expiresAtMs === undefined ? '' : `; it is kept for ${keptSentence(expiresAtMs - Date.now())}`;
  return { long: `Your cluster is ready${kept}.`, short: 'Ready', kind: 'ready' };
}
