/** Why a step that was done counts no more. */
export const STALE_SENTENCES = {
  edited: 'The code was edited after this ran.',
  'earlier-changed': 'An earlier step has changed since this ran.',
  'cluster-gone': 'This ran in a cluster that is gone.',
  'session-ended': 'What this did in its SQL session is gone.',
};

/** The server did not answer, or what answers is not Bankrun. */
export const SERVER_AWAY = 'The server cannot be reached.';
/** Nobody can be asked for a new cluster while this is so. */
export const AWAY_ADVICE = 'You can read on, and copy or download the code.';

/** The reader's cluster no longer exists, and nobody knows why. */
export const CLUSTER_MISSING = 'Your cluster is no longer there.';

/** What the end of a cluster means to the reader. */
export const DATA_LOST = 'What was done in it is lost.';
/** Tutorials share the reader's cluster of a mode, and may get into each other's way. */
export const OTHERS_WORK = 'Your cluster also holds what was done on another page.';
/**
 * A part of the page's own program could not be loaded: the server is away, or the site was built anew since this page
 * came.
 */
export const NOT_LOADED_SENTENCE =
  `${SERVER_AWAY} ${AWAY_ADVICE} ` + 'Try again when it is back; if that does not help, reload this page.';
/** "New cluster" was pressed. */
export const RENEWING_SENTENCE = 'Starting a new cluster…';
/** Why a press does nothing now. */
export const BUSY_SENTENCE = 'A step is running already: stop it, or wait for it to end.';

/** How long a cluster is still kept. */
export function keptSentence(leftMs: number): string {
  return leftMs < 60_000 ? 'less than a minute' : `about ${Math.round(leftMs / 60_000)} min`;
}

/** How far a run is, and how long it has taken, tenths of a second. */
export function progressSentence(
  { at, of, sinceMs }: { at: number; of: number; sinceMs: number },
  nowMs = Date.now(),
): string {
  return `${of > 1 ? `${at} of ${of} · ` : ''}${(Math.max(0, nowMs - sinceMs) / 1000).toFixed(1)} s`;
}
