import { forgetRun } from '../cluster/run-memory.ts';
import { isRefusal } from '../../api/request.ts';
import { troubleOf, type Trouble } from '../../api/trouble.ts';
import type { Remedy } from '../result/notice.ts';
import { announce } from '../../ui/status.ts';
import type { PressContext } from './press-context.ts';
import { pointTo } from './point-to.ts';
import { REMEDY_LABELS, troubleAtStep } from '../../sentences/trouble-sentences.ts';

/** A press that failed for a reason other than its code: how far it had got, and what can be done about it. */
export interface FailedPress extends PressContext {
  /** The step whose button was pressed, and the step under way. */
  target: string;
  current: string;
  /** The run's address; undefined when the server has not accepted it. */
  location: string | undefined;
  /** The reader stopped waiting. */
  gaveUp: boolean;
  /** The reader left the page meanwhile, or the connection broke. */
  wasAway: boolean;
  /** Restores the earlier results of those of the run's steps that never began. */
  leaveWaiting: (steps: readonly string[] | undefined) => void;
  /** Buttons for the same press again, and for the same press in a new cluster. */
  again: Remedy;
  fresh: Remedy;
}

/** Shows what went wrong, in the step in which it happened and in the pressed one. */
export async function showFailure(cause: unknown, press: FailedPress): Promise<void> {
  const { workspace, location, gaveUp, wasAway } = press;
  const hasBegun = location !== undefined;
  // Read now: a lost cluster takes the run with it.
  const steps = workspace.kept.run?.steps;
  // When the run's address is refused, ask whether the cluster still exists.
  if (hasBegun && isRefusal(cause)) await workspace.look().catch(() => undefined);
  const hasCluster = workspace.kept.sandbox !== undefined;
  const trouble = troubleOf(cause, { gaveUp, hasBegun, hasCluster, wasAway });
  if (trouble.remedy !== 'resume') press.leaveWaiting(steps);
  if (trouble.lost !== undefined) workspace.lose(trouble.lost);
  // Leaves a run of another tab alone.
  if (trouble.remedy !== 'resume') forgetRun(workspace.memory, location);
  show(trouble, press);
  announce(trouble.sentence);
  if (trouble.unknown) console.error(cause);
}

function show({ remedy: wanted, head, sentence, calm = false }: Trouble, press: FailedPress): void {
  const { view, target, current, again, fresh, resume } = press;
  const remedies = { again, fresh, resume: { label: REMEDY_LABELS.rest, press: resume } };
  const remedy = remedies[wanted];
  view(current).say(head, calm ? 'stopped' : 'failed');
  view(current).notice(sentence, [remedy], calm ? 'calm' : 'failed');
  if (current !== target)
    pointTo({ head, calm, sentence: (step) => troubleAtStep(step, sentence), remedies: [remedy] }, press);
}
