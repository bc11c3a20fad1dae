import type { Cluster } from '../cluster/cluster.ts';
import type { Container } from '../oci/container.ts';
import type { TransactionState } from '../../shared/protocol.ts';
import type { BackgroundPrograms } from './background-programs.ts';
import type { EventLog } from './event-log.ts';
import type { RunLimits } from './sandbox-limits.ts';
import type { RunOutput } from './run-output.ts';
import type { KeptSessions } from './kept-sessions.ts';

/** How a step ended. `cut` says which limit, or the reader's Stop, ended it. */
export interface StepResult {
  ok: boolean;
  exitCode?: number;
  cut?: 'timeout' | 'output' | 'killed';
  /** What it leaves in its session. */
  transaction?: TransactionState | undefined;
}

/** Where a step runs, and what it writes to. */
export interface StepContext {
  container: Container;
  cluster: Cluster;
  log: EventLog;
  output: RunOutput;
  limits: RunLimits;
  backgroundPrograms: BackgroundPrograms;
  sessions: KeptSessions;
  /** Id of the run. */
  run: string;
  /** Aborted by Stop, or when the sandbox is lost. */
  signal: AbortSignal;
}
