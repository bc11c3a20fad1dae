/*
 * Limits of the API that both sides must agree on. The server refuses more; the page and the build prevent it.
 */

/** The longest text of a step, in bytes of UTF-8. */
export const MAX_STEP_TEXT_BYTES = 64 * 1024;

/** The longest limit that a step can ask for; an operator may allow less. */
export const MAX_STEP_LIMIT_MS = 600_000;
/** The shortest limit that a step can ask for. */
export const MIN_STEP_LIMIT_MS = 1000;

/** The most steps in one run. */
export const MAX_RUN_STEPS = 64;

/** How many SQL sessions, and how many shells, of one sandbox are kept at a time. */
export const MAX_SESSIONS = 8;
/**
 * The most SQL sessions, and the most shells, that a page can name in a mode. It is less than what is kept, so that
 * sessions without names and those of another page crowd out none that the page needs.
 */
export const MAX_NAMED_SESSIONS = 6;

/** The most rows of a table that are read at once. */
export const MAX_PAGE_ROWS = 100;

/** How many unacknowledged bytes of a terminal may be in transit in each direction. */
export const TERMINAL_WINDOW_BYTES = 128 * 1024;
