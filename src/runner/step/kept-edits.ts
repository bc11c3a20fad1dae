import { readStored } from '../../ui/storage.ts';

/** An edit of a block, as it is kept. */
export interface KeptEdit {
  step: string;
  /** Hash of the author's text that was edited. */
  of: string;
  /** None where the reader is back at the author's. */
  text?: string | undefined;
}

/**
 * Under which key edits are kept: what a tab has in its session, and the newest of all tabs in the browser's storage.
 */
export const editsKey = (tutorial: string): string => `bankrun:${tutorial}:edits`;

/** What is kept, the newest first, as it was written; nothing when storage is refused or holds no list. */
export function readEdits(storage: () => Storage, tutorial: string): (KeptEdit | null)[] {
  const kept = readStored<KeptEdit[]>(storage, editsKey(tutorial));
  return Array.isArray(kept) ? kept : [];
}
