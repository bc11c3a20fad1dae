import type { Side } from './mode-runner.ts';
import { whyNot } from '../../api/trouble.ts';

/**
 * Ends what runs in a side's cluster, removes the cluster, and forgets what was done in it. Returns what to tell the
 * reader.
 */
export async function resetCluster(side: Side): Promise<string> {
  const { workspace, renewal, press, over } = side;
  renewal?.stop();
  await press?.stop();
  try {
    await workspace.reset();
  } catch (cause) {
    return `${whyNot(cause)} Nothing was reset.`;
  }
  await over;
  workspace.forget();
  side.clear();
  return 'Your cluster was reset. The next Run starts a new one.';
}
