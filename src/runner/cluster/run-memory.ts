import type { ModeMemory } from './mode-memory.ts';
import type { DoneRecord, FailedRecord, Judged, RememberedRun } from './remembered.ts';
import { countRun } from './run-count.ts';

// The changes that runs make to a mode's memory. A separate module, because it is loaded with the code that runs steps
// and not with the page.

/** Remembers a run that the server has accepted. */
export function rememberRun(memory: ModeMemory, run: RememberedRun): void {
  memory.change((kept) => (kept.run = run));
}

/** Forgets the run at that location, because it is over. Leaves a run of another tab alone. */
export function forgetRun(memory: ModeMemory, location: string | undefined): void {
  memory.change((kept) => {
    if (kept.run?.location === location) delete kept.run;
  });
}

/** Remembers when a step of the run under way began, in epoch milliseconds. */
export function rememberBegin(memory: ModeMemory, id: string, ms: number): void {
  memory.change(({ run }) => {
    if (run) run.began = { ...run.began, [id]: ms };
  });
}

/** Counts that a step of the run under way was started. Returns false when it was already counted. */
export function countBegin(memory: ModeMemory, id: string, isEdited: boolean): boolean {
  return memory.change((kept) => countRun(kept, id, isEdited));
}

/** Remembers that a step succeeded, and forgets an earlier failure. */
export function rememberDone(memory: ModeMemory, id: string, record: DoneRecord): void {
  memory.change(({ done, failed }) => {
    delete failed[id];
    done[id] = record;
  });
}

/** Remembers that a step failed. Keeps the output of its last success. */
export function rememberFailed(memory: ModeMemory, id: string, record: FailedRecord): void {
  memory.change(({ failed }) => (failed[id] = record));
}

/** Remembers that a step which was meant to fail ended in another way, such as at a limit, after it was remembered. */
export function rememberCut(memory: ModeMemory, id: string): void {
  memory.change(({ done, failed }) => {
    if (!done[id]) return;
    failed[id] = done[id];
    delete done[id];
  });
}

/** Remembers the text at the head of a failed step's result, in place of its outcome. */
export function rememberHead(memory: ModeMemory, id: string, head: string): void {
  memory.change(({ failed }) => {
    if (failed[id]) failed[id].head = head;
  });
}

/** Remembers the basis of a step's verdict, so that it is the same after a reload. */
export function rememberJudged(memory: ModeMemory, id: string, judged: Judged): void {
  memory.change(({ done }) => {
    if (done[id]) done[id].judged = judged;
  });
}

/**
 * Remembers that the effects of these steps ended with their SQL session. Stores nothing when all of that was already
 * known.
 */
export function rememberEnded(memory: ModeMemory, ids: readonly string[]): void {
  const { done } = memory.kept;
  if (ids.every((id) => done[id] === undefined || done[id].ended === true)) return;
  memory.change((kept) => {
    for (const id of ids) if (kept.done[id]) kept.done[id].ended = true;
  });
}

/** Forgets that a step was ever run. */
export function forgetStep(memory: ModeMemory, id: string): void {
  memory.change(({ done, failed }) => {
    delete failed[id];
    delete done[id];
  });
}
