import { forgetStep } from '../cluster/run-memory.ts';
import { isRefusal } from '../../api/request.ts';
import type { Block } from '../step/block.ts';
import { stopRun } from '../../api/run-requests.ts';
import type { Workspace } from '../cluster/workspace.ts';
import type { ResultView } from '../result/result-view.ts';
import { whyNot } from '../../api/trouble.ts';
import { notStopped, stoppedProgram } from '../../sentences/trouble-sentences.ts';

/** Stops the program that a step left running in the background. Returns the sentence to announce. */
export async function stopBackground(
  workspace: Workspace,
  views: ReadonlyMap<string, ResultView>,
  { id, title }: Block,
): Promise<string> {
  const location = workspace.kept.done[id]?.location;
  try {
    if (location !== undefined) await stopRun(location);
  } catch (cause) {
    // A refusal means that the program, or its cluster, has already ended.
    if (!isRefusal(cause)) return notStopped(whyNot(cause));
  }
  forgetStep(workspace.memory, id);
  views.get(id)?.clear();
  return stoppedProgram(title);
}
