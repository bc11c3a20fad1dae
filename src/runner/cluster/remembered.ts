import type { Mode, RunEvent } from '../../../shared/protocol.ts';
import { readStored, writeStored } from '../../ui/storage.ts';
import type { DoneStep } from '../step/plan.ts';

/**
 * What is remembered of a mode, in all tabs of this browser, so that a reload loses nothing and a second tab knows it
 * too.
 */
export interface Remembered {
  sandbox?: string;
  done: Record<string, DoneRecord>;
  /** How steps ended whose last run did not succeed. */
  failed: Record<string, FailedRecord>;
  /** How often each step began in a cluster, and whether what began was ever the reader's own code. */
  ran?: { sandbox: string; times: Record<string, number>; edited: boolean };
  run?: RememberedRun;
}

/** The same for those who only read it: `ModeMemory` changes it. */
export interface Kept {
  readonly sandbox?: string;
  readonly done: Readonly<Record<string, Readonly<DoneRecord>>>;
  readonly failed: Readonly<Record<string, Readonly<FailedRecord>>>;
  readonly ran?: Readonly<NonNullable<Remembered['ran']>>;
  readonly run?: Readonly<RememberedRun>;
}

/** A run under way. */
export interface RememberedRun {
  /** Where to follow it. */
  location: string;
  steps: string[];
  /** The snapshots and texts that its steps were sent with. */
  sent: Record<string, { snapshot: string; text: string }>;
  /** When it was pressed, and when its steps began, epoch milliseconds. */
  sinceMs: number;
  began?: Record<string, number>;
  /** Which of its steps are counted in `ran`. */
  counted?: string[];
}

/** A step that was done, and what it printed unless that was too much to keep. */
export interface DoneRecord extends DoneStep {
  events?: RunEvent[];
  /** Names the run of a background program: Stop for it goes there. */
  location?: string;
  judged?: Judged;
}

/** A step that failed. */
export interface FailedRecord extends DoneStep {
  events?: RunEvent[];
  /** What the head of its result says in place of its outcome. */
  head?: string;
}

/** What was known when a step's output was compared with what was expected. */
export interface Judged {
  /** Why it is not compared. */
  why?: string | undefined;
  /** The values of labels in what earlier steps had printed. */
  known: Record<string, string>;
  /** What may have made a difference. */
  reasons: string[];
}

/** Under which key of the storage a mode is remembered; other tabs' changes come with it. */
export const keyOf = (tutorial: string, mode: Mode): string => `bankrun:${tutorial}:${mode}`;

/**
 * What was remembered; nothing when storage is refused or holds nonsense. An older page may have left a run with steps
 * that this one, which has those of `ids`, calls otherwise: it cannot be shown, and is forgotten.
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

/** Remembers it; when there is no room for that much, without the outputs. */
export function remember(tutorial: string, mode: Mode, kept: Remembered): void {
  if (writeStored(() => localStorage, keyOf(tutorial, mode), kept)) return;
  const bare = <T extends { events?: RunEvent[] }>(steps: Record<string, T>): Record<string, Omit<T, 'events'>> =>
    Object.fromEntries(Object.entries(steps).map(([id, { events: _, ...step }]) => [id, step]));
  writeStored(() => localStorage, keyOf(tutorial, mode), { ...kept, done: bare(kept.done), failed: bare(kept.failed) });
}
