import type { Mode, RunEvent } from '../../../shared/protocol.ts';
import type { Failure } from '../../../shared/step.ts';
import { readStored, writeStored } from '../../ui/storage.ts';
import type { DoneStep } from '../step/plan.ts';

/** What all tabs of this browser remember of a mode, so that it survives a reload and a second tab knows it too. */
export interface Remembered {
  sandbox?: string;
  done: Record<string, DoneRecord>;
  /** The steps whose last run did not succeed. */
  failed: Record<string, FailedRecord>;
  /** How often each step was started in a cluster, and whether any of these was the reader's own code. */
  ran?: { sandbox: string; times: Record<string, number>; edited: boolean };
  run?: RememberedRun;
}

/** A read-only view; only `ModeMemory` makes changes. */
export interface Kept {
  readonly sandbox?: string;
  readonly done: Readonly<Record<string, Readonly<DoneRecord>>>;
  readonly failed: Readonly<Record<string, Readonly<FailedRecord>>>;
  readonly ran?: Readonly<NonNullable<Remembered['ran']>>;
  readonly run?: Readonly<RememberedRun>;
}

/** A run under way. */
export interface RememberedRun {
  /** The address at which to follow the run. */
  location: string;
  steps: string[];
  /** The snapshot and text with which each step was sent. */
  sent: Record<string, { snapshot: string; text: string }>;
  /** When Run was pressed and when each step began, in epoch milliseconds. */
  sinceMs: number;
  began?: Record<string, number>;
  /** The steps that are already counted in `ran`. */
  counted?: string[];
}

/** A step that succeeded, with its events unless they are too long to keep. */
export interface DoneRecord extends DoneStep {
  events?: RunEvent[];
  /** The answers in `events` lack rows that were shown. */
  isShort?: true;
  /** The address of a background program's run, which Stop uses. */
  location?: string;
  judged?: Judged;
}

/** A step that failed. */
export interface FailedRecord extends DoneStep {
  events?: RunEvent[];
  /** The text at the head of its result, in place of its outcome. */
  head?: string;
}

/** The basis on which a step's output was compared with what was expected. */
export interface Judged {
  /** Why the output is not compared, if it is not. */
  why?: string | undefined;
  /** The values of labelled captures in the output of earlier steps. */
  known: Record<string, string>;
  /** What may explain a difference, as sentences. */
  reasons: string[];
  /** What the comparison found, where the output is too long to keep. */
  found?: { meant?: Failure; differing: number };
}

/** Returns the storage key of a mode's memory. A change in another tab is announced with this key. */
export const keyOf = (tutorial: string, mode: Mode): string => `bankrun:${tutorial}:${mode}`;

/**
 * Returns the stored memory of a mode; an empty one when storage is refused or holds nothing valid. An older version of
 * the page may have stored a run with step ids that no longer exist. It cannot be shown and is dropped. `ids` are the
 * page's current steps.
 */
export function recall(tutorial: string, mode: Mode, ids: ReadonlySet<string>): Remembered {
  const { sandbox, done, failed, ran, run } =
    readStored<Partial<Remembered>>(() => localStorage, keyOf(tutorial, mode)) ?? {};
  const whole = <T>(steps: Record<string, T | null> | undefined): Record<string, T> =>
    Object.fromEntries(
      Object.entries(steps ?? {}).filter(
        (entry): entry is [string, T] => typeof entry[1] === 'object' && entry[1] !== null,
      ),
    );
  return {
    ...(typeof sandbox === 'string' && { sandbox }),
    ...(ran && { ran }),
    ...(run && isKnown(run, ids) && { run }),
    done: whole(done),
    failed: whole(failed),
  };
}

function isKnown({ location, steps, sent, sinceMs }: Partial<RememberedRun>, ids: ReadonlySet<string>): boolean {
  return (
    typeof location === 'string' &&
    typeof sinceMs === 'number' &&
    Array.isArray(steps) &&
    steps.length > 0 &&
    steps.every((id) => ids.has(id) && sent?.[id] !== undefined)
  );
}

/** Stores the memory, without the outputs when there is not enough room for them. */
export function remember(tutorial: string, mode: Mode, kept: Remembered): void {
  if (writeStored(() => localStorage, keyOf(tutorial, mode), kept)) return;
  const bare = <T extends { events?: RunEvent[] }>(steps: Record<string, T>): Record<string, Omit<T, 'events'>> =>
    Object.fromEntries(Object.entries(steps).map(([id, { events: _, ...step }]) => [id, step]));
  writeStored(() => localStorage, keyOf(tutorial, mode), { ...kept, done: bare(kept.done), failed: bare(kept.failed) });
}
