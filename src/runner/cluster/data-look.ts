import type { Workspace } from './workspace.ts';

/**
 * An event of the window: the cluster was read again after something that sends no run events, and the overview of its
 * tables is unchanged. The overview has only the first rows of each table, so later rows may have changed.
 */
export const DATA_LOOK = 'datalook';

/** Reads what the cluster holds, unless a run is under way: a run reports its own changes. */
export async function refreshData(workspace: Workspace, redraw: () => void): Promise<void> {
  const before = workspace.holdings;
  if (workspace.kept.run) return;
  await workspace.refreshHoldings();
  redraw();
  if (workspace.holdings === before) dispatchEvent(new Event(DATA_LOOK));
}
