/** All slots are in use. */
export const ALL_IN_USE = 'All clusters of this server are in use.';
/** All slots are in use, and so many readers wait that nobody else gets a place. */
export const QUEUE_TOO_LONG = 'All clusters of this server are in use, and too many readers wait for one.';
/** The limit on live sandboxes for one network address is reached. */
export const ADDRESS_HAS_TOO_MANY = 'Too many clusters are in use from your network address.';
/** The limit for all readers on pages of one other site is reached. */
export const SITE_HAS_TOO_MANY = 'Too many clusters are in use from pages of this site.';

/** Returns the sentence for a reader who already has that many sandboxes. */
export function readerHasTooMany(most: number): string {
  return `You have ${most} clusters already: reset one of them first.`;
}

/** There is no sandbox with that id, or it belongs to another reader. */
export const NO_SUCH_SANDBOX = 'You have no such sandbox.';
/** There is no run with that id, or it is no longer kept. */
export const NO_SUCH_RUN = 'There is no such run in this sandbox.';
/** There is no unused SQL session with that name. */
export const NO_SUCH_SESSION = 'There is no such SQL session in this sandbox.';
/** The terminal's number is out of range, or the terminal is not open. */
export const NO_SUCH_TERMINAL = 'There is no such terminal in this sandbox.';
