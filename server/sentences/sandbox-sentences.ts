/** All slots are in use. */
export const ALL_IN_USE = 'All clusters of this server are in use.';
/** The limit of live sandboxes for one network address. */
export const ADDRESS_HAS_TOO_MANY = 'Too many clusters are in use from your network address.';
/** The limit of sandboxes that are made for one in a minute. */
export const ADDRESS_MADE_TOO_MANY = 'Too many clusters were made from your network address in the last minute.';
/** The limit for all readers of one other site, which shows our steps. */
export const SITE_HAS_TOO_MANY = 'Too many clusters are in use from pages of this site.';

/** The limit for one reader. */
export function readerHasTooMany(most: number): string {
  return `You have ${most} clusters already: reset one of them first.`;
}

/** There is none of that id, or it is another reader's. */
export const NO_SUCH_SANDBOX = 'You have no such sandbox.';
/** It never was, or is no longer kept. */
export const NO_SUCH_RUN = 'There is no such run in this sandbox.';
/** None of that name can be ended now. */
export const NO_SUCH_SESSION = 'There is no such SQL session in this sandbox.';
/** Its number is out of range, or nothing is open there. */
export const NO_SUCH_TERMINAL = 'There is no such terminal in this sandbox.';
