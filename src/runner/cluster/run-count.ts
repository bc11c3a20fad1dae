import type { Kept, Remembered } from './remembered.ts';

/**
 * Counts that a step of the run under way was started in the cluster, once however often its events are read. Returns
 * false when it was already counted.
 */
export function countRun(kept: Remembered, id: string, isEdited: boolean): boolean {
  const { run, sandbox } = kept;
  if (!run || sandbox === undefined || run.counted?.includes(id)) return false;
  run.counted = [...(run.counted ?? []), id];
  if (kept.ran?.sandbox !== sandbox) kept.ran = { sandbox, times: {}, edited: false };
  kept.ran.times[id] = (kept.ran.times[id] ?? 0) + 1;
  kept.ran.edited ||= isEdited;
  return true;
}

/** Returns how many steps were started in the cluster so far. */
export function runsIn({ ran, sandbox }: Kept): number {
  return ran?.sandbox === sandbox ? Object.values(ran?.times ?? {}).reduce((sum, times) => sum + times, 0) : 0;
}
