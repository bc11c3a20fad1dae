import type { Mode, RunEvent } from '../../server/protocol.ts';
import type { DoneStep } from './plan.ts';

/** What is remembered of a mode, in all tabs of this browser, so that a reload loses nothing and a second tab knows it too. */
export interface Remembered {
  sandbox?: string;
  /** `location` names the run of a background program: Stop for it goes there. */
  done: Record<string, DoneStep & { events?: RunEvent[]; location?: string }>;
  /** How steps ended whose last run did not succeed. */
  failed: Record<string, FailedStep>;
  /** A run under way: where to follow it, what it does, with the snapshots and texts that it was sent with, and when its steps began. */
  run?: { location: string; steps: string[]; sent: Record<string, { snapshot: string; text: string }>; began?: Record<string, number>; sinceMs: number };
}

/** A step that failed: in which state, what it gave, and what was said of it. */
export interface FailedStep extends DoneStep {
  events?: RunEvent[];
  head?: string;
}

/** Under which key of the storage a mode is remembered; other tabs' changes come with it. */
export const keyOf = (tutorial: string, mode: Mode): string => `bankrun:${tutorial}:${mode}`;
const editsKey = (tutorial: string): string => `bankrun:${tutorial}:edits`;

/** What was remembered; nothing when storage is refused or holds nonsense. */
export function recall(tutorial: string, mode: Mode): Remembered {
  const kept = read<Partial<Remembered>>(() => localStorage, keyOf(tutorial, mode));
  return { ...kept, done: kept?.done ?? {}, failed: kept?.failed ?? {} };
}

/** Remembers it; when there is no room for that much, without the outputs. */
export function remember(tutorial: string, mode: Mode, kept: Remembered): void {
  if (write(() => localStorage, keyOf(tutorial, mode), kept)) return;
  const bare = <T extends { events?: RunEvent[] }>(steps: Record<string, T>): Record<string, Omit<T, 'events'>> =>
    Object.fromEntries(Object.entries(steps).map(([id, { events: _, ...step }]) => [id, step]));
  write(() => localStorage, keyOf(tutorial, mode), { ...kept, done: bare(kept.done), failed: bare(kept.failed) });
}

/** The reader's edits in this tab, by step. */
export function recallEdits(tutorial: string): Record<string, string> {
  return read<Record<string, string>>(() => sessionStorage, editsKey(tutorial)) ?? {};
}

export function rememberEdits(tutorial: string, edits: Record<string, string>): void {
  write(() => sessionStorage, editsKey(tutorial), edits);
}

// Some browsers throw when storage is only mentioned, where their user refuses it.
function read<T>(storage: () => Storage, key: string): T | undefined {
  try {
    return (JSON.parse(storage().getItem(key) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
