/*
 * Figures of the wire that both sides must agree on. The server refuses more; the page and the build do not let it come
 * to that.
 */

/** A step's text, in bytes of UTF-8: what a person writes, not what a machine sends. */
export const MAX_STEP_TEXT_BYTES = 64 * 1024;

/** Steps of one run. */
export const MAX_RUN_STEPS = 64;

/** Rows of a table that are read at once. */
export const MAX_PAGE_ROWS = 100;

/** Bytes of a terminal that may be on their way, in each direction, before the other side has told of some. */
export const TERMINAL_WINDOW_BYTES = 128 * 1024;
