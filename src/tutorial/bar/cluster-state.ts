import type { EngineInfo, Holdings, Mode } from '../../../shared/protocol.ts';
import type { RunProgress } from '../../runner/run/run-progress.ts';
import {
  goneWords,
  leavingWords,
  NO_CLUSTER,
  OTHERS,
  readyWords,
  RUNNING,
  STARTING,
  waitingWords,
  type BarWords,
} from '../../sentences/bar-sentences.ts';

/** What is known about the reader's cluster. */
export interface ClusterFacts {
  hasCluster: boolean;
  isBusy: boolean;
  /** Epoch milliseconds. */
  expiresAtMs: number | undefined;
  /** The progress of a claim, or why it failed; undefined when there is none. */
  claim: string | BarWords | undefined;
  /** Why the last cluster no longer exists, until there is another one. */
  lost: string | undefined;
  /** Why nothing can run now, as a sentence and in a word or two. */
  off: { sentence: string; word: string } | undefined;
  hasOthersWork: boolean;
  /** Why the server makes no more clusters, while this one is kept. */
  leaving: string | undefined;
  /** The open transaction, as a sentence and in two words. */
  transaction: BarWords | undefined;
  /** The result of something other than a run, shown for a while. */
  told: string | undefined;
}

/** What the bar shows. */
export interface ClusterState extends ClusterFacts {
  engine: EngineInfo | undefined;
  /** Whether "New cluster" was pressed and is under way. */
  isRenewing: boolean;
  /** The sandbox's id; undefined when there is none. */
  sandbox: string | undefined;
  holdings: Holdings;
  /** The progress of the run in the current mode. */
  progress: RunProgress | undefined;
  /** A press in the other mode, with the progress of its run, which is undefined while its cluster starts. */
  elsewhere: { mode: Mode; progress: RunProgress | undefined } | undefined;
}

/** The state of a cluster: as a sentence, in a word or two, and as a kind for style sheets. */
export interface ClusterWords extends BarWords {
  kind: 'none' | 'ready' | 'busy' | 'off';
}

/** Returns the state of a cluster in words. Pure. */
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
  leaving,
  transaction,
}: Omit<ClusterFacts, 'told'>): ClusterWords {
  if (off !== undefined) return { long: off.sentence, short: off.word, kind: 'off' };
  if (!hasCluster && claim !== undefined)
    return { ...(typeof claim === 'string' ? waitingWords(claim) : claim), kind: 'busy' };
  if (lost !== undefined) return { ...goneWords(lost), kind: 'off' };
  if (transaction) return { ...transaction, kind: isBusy ? 'busy' : 'ready' };
  if (isBusy) return { ...(hasCluster ? RUNNING : STARTING), kind: 'busy' };
  if (!hasCluster) return { ...NO_CLUSTER, kind: 'none' };
  const leftMs = expiresAtMs === undefined ? undefined : expiresAtMs - Date.now();
  if (leaving !== undefined) return { ...leavingWords(leaving, leftMs), kind: 'ready' };
  if (hasOthersWork) return { ...OTHERS, kind: 'ready' };
  return { ...readyWords(leftMs), kind: 'ready' };
}
