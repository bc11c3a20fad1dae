import { forgetRun } from '../cluster/run-memory.ts';
import { isRefusal } from '../../api/request.ts';
import { troubleOf, type Trouble } from '../../api/trouble.ts';
import type { Remedy } from '../result/result-view.ts';
import { tellStatus } from '../../ui/status.ts';
import type { PressContext } from './press-context.ts';
import { pointTo } from './point-to.ts';

/** How far a press was when it failed on our side, and what can be done about it. */
export interface FailedPress extends PressContext {
  /** The step whose button was pressed, and the one under way. */
  target: string;
  current: string;
  /** Where the server has the run; undefined when it has not taken it. */
  location: string | undefined;
  /** The reader gave up waiting. */
  gaveUp: boolean;
  /** The page was left meanwhile, or the connection broke. */
  wasAway: boolean;
  /** Shows again what those of the run's steps showed that never began. */
  leaveWaiting: (steps: readonly string[] | undefined) => void;
  /** The same press once more; and in a new cluster. */
  again: Remedy;
  fresh: Remedy;
}

/** Tells what went wrong on our side, in the figure that it happened in and in the one that was pressed. */
export async function tellFailure(cause: unknown, press: FailedPress): Promise<void> {
  const { workspace, location, gaveUp, wasAway } = press;
  const hasBegun = location !== undefined;
  // A cluster that is gone takes the run with it.
  const steps = workspace.kept.run?.steps;
  // Of an address that no longer exists the cluster itself says whether it is there.
  if (hasBegun && isRefusal(cause)) await workspace.look().catch(() => undefined);
  const hasCluster = workspace.kept.sandbox !== undefined;
  const trouble = troubleOf(cause, { gaveUp, hasBegun, hasCluster, wasAway });
  if (trouble.remedy !== 'resume') press.leaveWaiting(steps);
  if (trouble.lost !== undefined) workspace.lose(trouble.lost);
  // One of another tab's is theirs.
  if (trouble.remedy !== 'resume') forgetRun(workspace.memory, location);
  show(trouble, press);
  tellStatus(trouble.sentence);
  if (trouble.unknown) console.error(cause);
}

function show({ remedy: wanted, head, sentence, calm = false }: Trouble, press: FailedPress): void {
  const { view, target, current, again, fresh, resume } = press;
  const remedies = { again, fresh, resume: { label: 'Get the rest', press: resume } };
  const remedy = remedies[wanted];
  view(current).say(head, calm ? 'stopped' : 'failed');
  view(current).notice(sentence, [remedy], calm ? 'calm' : 'failed');
  if (current !== target)
    pointTo({ head, calm, tell: (step) => `It was at ${step}. ${sentence}`, remedies: [remedy] }, press);
}
