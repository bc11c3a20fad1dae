import type { Workspace } from './workspace.ts';

/**
 * An event of the window: a cluster was looked at after something that no run tells of, and the list of what it holds
 * is the same. That has only the first rows of its tables.
 */
export const DATA_LOOK = 'datalook';

/** Looks at what the cluster holds, unless a run is under way: what that changes, it tells itself. */
export async function lookAtData(workspace: Workspace, redraw: () => void): Promise<void> {
  const before = workspace.holdings;
  if (workspace.kept.run) return;
  await workspace.lookAtHoldings();
  redraw();
  if (workspace.holdings === before) dispatchEvent(new Event(DATA_LOOK));
}
