/** A step's text, in bytes of UTF-8: what a person writes, not what a machine sends. The server refuses more. */
export const MAX_STEP_TEXT_BYTES = 64 * 1024;

/** Steps of one run. */
export const MAX_RUN_STEPS = 64;

/** Rows of a table that are read at once. */
export const MAX_PAGE_ROWS = 100;

/**
 * Bytes of a terminal that may be on their way, in each direction, before the other side has told of some: the
 * protocol's credit.
 */
export const TERMINAL_CREDIT_BYTES = 128 * 1024;
