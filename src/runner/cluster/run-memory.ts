import type { ModeMemory } from './mode-memory.ts';
import type { DoneRecord, FailedRecord, Judged, RememberedRun } from './remembered.ts';
import { countRun } from './run-count.ts';

// What runs change of what is remembered of their mode. It is loaded with what makes runs, and not with the page.

/** The server has taken a run. */
export function rememberRun(memory: ModeMemory, run: RememberedRun): void {
  memory.change((kept) => (kept.run = run));
}

/** The run at that location is over; one of another tab's stays. */
export function forgetRun(memory: ModeMemory, location: string | undefined): void {
  memory.change((kept) => {
    if (kept.run?.location === location) delete kept.run;
  });
}

/** When a step of the run under way began, epoch milliseconds. */
export function rememberBegin(memory: ModeMemory, id: string, ms: number): void {
  memory.change(({ run }) => {
    if (run) run.began = { ...run.began, [id]: ms };
  });
}

/** Counts that a step of the run under way began in the cluster; false when it was counted before. */
export function countBegin(memory: ModeMemory, id: string, isEdited: boolean): boolean {
  return memory.change((kept) => countRun(kept, id, isEdited));
}

/** A step succeeded: that takes an earlier failure away. */
export function rememberDone(memory: ModeMemory, id: string, record: DoneRecord): void {
  memory.change(({ done, failed }) => {
    delete failed[id];
    done[id] = record;
  });
}

/** A step failed; what its last success printed stays. */
export function rememberFailed(memory: ModeMemory, id: string, record: FailedRecord): void {
  memory.change(({ failed }) => (failed[id] = record));
}

/** What the head of a failed step's result says in place of its outcome. */
export function rememberHead(memory: ModeMemory, id: string, head: string): void {
  memory.change(({ failed }) => {
    if (failed[id]) failed[id].head = head;
  });
}

/** With what a step's output was compared, so that it is judged alike after a reload. */
export function rememberJudged(memory: ModeMemory, id: string, judged: Judged): void {
  memory.change(({ done }) => {
    if (done[id]) done[id].judged = judged;
  });
}

/** What these steps did ended with their SQL session. Stores nothing when all of that was known. */
export function rememberEnded(memory: ModeMemory, ids: readonly string[]): void {
  const { done } = memory.kept;
  if (ids.every((id) => done[id] === undefined || done[id].ended === true)) return;
  memory.change((kept) => {
    for (const id of ids) if (kept.done[id]) kept.done[id].ended = true;
  });
}

/** A step counts as never done. */
export function forgetStep(memory: ModeMemory, id: string): void {
  memory.change(({ done, failed }) => {
    delete failed[id];
    delete done[id];
  });
}
