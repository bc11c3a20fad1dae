import type { Cluster } from '../cluster/cluster.ts';
import type { Container } from '../oci/container.ts';
import type { TransactionState } from '../../shared/protocol.ts';
import type { BackgroundPrograms } from './background-programs.ts';
import type { EventLog } from './event-log.ts';
import type { RunLimits } from './sandbox-limits.ts';
import type { RunOutput } from './run-output.ts';
import type { KeptSessions } from './kept-sessions.ts';
import type { KeptShells } from './kept-shells.ts';

/** How a step ended. `cut` is the limit that ended it, or `killed` for Stop. */
export interface StepResult {
  ok: boolean;
  exitCode?: number;
  /** Of an error of the database. */
  sqlState?: string;
  cut?: 'timeout' | 'output' | 'killed';
  /** Its last statement was left waiting for another session. */
  isWaiting?: true;
  /** The transaction that it leaves open in its session. */
  transaction?: TransactionState | undefined;
}

/** What a step runs in and writes to. */
export interface StepContext {
  container: Container;
  cluster: Cluster;
  log: EventLog;
  output: RunOutput;
  /** With the step's own time limit. */
  limits: RunLimits;
  backgroundPrograms: BackgroundPrograms;
  sessions: KeptSessions;
  shells: KeptShells;
  /** The id of the run. */
  run: string;
  /** Aborts at Stop, or when the sandbox is lost. */
  signal: AbortSignal;
}
