import type { Renewal } from '../cluster/renewal.ts';
import type { Workspace } from '../cluster/workspace.ts';
import type { Press } from './press.ts';
import { whyNot } from '../../api/trouble.ts';
import { notReset, RESET_DONE } from '../../sentences/trouble-sentences.ts';

/** What a reset ends and clears: everything that a page has in one mode. */
interface Resettable {
  workspace: Workspace;
  renewal: Renewal | undefined;
  press: Press | undefined;
  /** Resolves when `press` is over. */
  over: Promise<void> | undefined;
  /** Clears all results. */
  clear: () => void;
}

/**
 * Ends what is running in the cluster of a mode, removes the cluster, and forgets what was done in it. Returns the
 * sentence to announce.
 */
export async function resetCluster(mode: Resettable): Promise<string> {
  const { workspace, renewal, press, over } = mode;
  renewal?.stop();
  await press?.stop();
  try {
    await workspace.reset();
  } catch (cause) {
    return notReset(whyNot(cause));
  }
  await over;
  workspace.forget();
  mode.clear();
  return RESET_DONE;
}
