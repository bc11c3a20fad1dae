import type { EngineInfo, Holdings, Mode } from '../../../shared/protocol.ts';
import type { RunProgress } from '../../runner/run/run-progress.ts';
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

/** What the bar shows. */
export interface ClusterState extends ClusterFacts {
  engine: EngineInfo | undefined;
  /** "New cluster" was pressed, and is under way. */
  isRenewing: boolean;
  /** Its id, when there is one. */
  sandbox: string | undefined;
  holdings: Holdings;
  /** Of the run in the mode that is shown. */
  progress: RunProgress | undefined;
  /** A press in the mode that is not shown, and how far its run is; it has none while its cluster starts. */
  elsewhere: { mode: Mode; progress: RunProgress | undefined } | undefined;
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
