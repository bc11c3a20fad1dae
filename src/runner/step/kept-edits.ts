import { readStored } from '../../ui/storage.ts';

/** A stored edit of a block. */
export interface KeptEdit {
  step: string;
  /** The hash of the author's text on which the edit is based. */
  of: string;
  /** Undefined when the reader has returned to the author's text. */
  text?: string | undefined;
}

/**
 * Returns the storage key of a page's edits. `sessionStorage` has the tab's own, `localStorage` the newest of all tabs.
 */
export const editsKey = (tutorial: string): string => `bankrun:${tutorial}:edits`;

/** Returns the stored edits, newest first and unchecked; empty when storage is refused or holds no list. */
export function readEdits(storage: () => Storage, tutorial: string): (KeptEdit | null)[] {
  const kept = readStored<KeptEdit[]>(storage, editsKey(tutorial));
  return Array.isArray(kept) ? kept : [];
}
