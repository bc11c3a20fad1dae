import type { Mode, RunEvent } from '../../server/protocol.ts';
import type { DoneStep } from './plan.ts';

/** What a tab remembers of a mode, so that a reload loses nothing. */
export interface Remembered {
  sandbox?: string;
  done: Record<string, DoneStep & { events?: RunEvent[] }>;
  /** A run under way: where to follow it, and what it does, with the snapshots that it leaves. */
  run?: { location: string; steps: string[]; snapshots: Record<string, string> };
  edits: Record<string, string>;
}

const keyOf = (tutorial: string, mode: Mode): string => `bankrun:${tutorial}:${mode}`;

/** What was remembered; nothing when storage is refused or holds nonsense. */
export function recall(tutorial: string, mode: Mode): Remembered {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(tutorial, mode)) ?? 'null') as Partial<Remembered> | null;
    return { ...kept, done: kept?.done ?? {}, edits: kept?.edits ?? {} };
  } catch {
    return { done: {}, edits: {} };
  }
}

export function remember(tutorial: string, mode: Mode, kept: Remembered): void {
  try {
    sessionStorage.setItem(keyOf(tutorial, mode), JSON.stringify(kept));
  } catch {
    // Storage is refused or full: a reload then starts afresh.
  }
}
