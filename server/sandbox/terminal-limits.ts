/** The length of the spans in which output to a page is limited. */
export const SPAN_MS = 5;
/** The most that is sent to one page in a span: 12 MiB/s, as much as pages can draw. */
export const SPAN_BYTES = 64 << 10;
/** The most messages to one page in a span: more than one, so that echoed keys need not wait. */
export const SPAN_MESSAGES = 4;
/** The most that is sent to all pages together in a span: 36 MiB/s, half of what the server can send. */
export const SPAN_BYTES_OF_ALL = 192 << 10;
/** A page that is sent less than this in a span does not count among those that share `SPAN_BYTES_OF_ALL`. */
export const LITTLE_BYTES = 1 << 10;

/**
 * A program is paused when this much of its output is unsent. Together with a full window it must fit into the tail.
 */
export const BACKLOG_BYTES = 64 << 10;

/** The shortest time between two changes of size: a program redraws its screen for each, and dragging causes many. */
export const SIZE_EVERY_MS = 50;
/** The widest terminal. */
export const MAX_COLUMNS = 500;
/** The tallest terminal. */
export const MAX_ROWS = 200;
