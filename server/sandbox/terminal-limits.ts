/** What a page is sent is counted in spans of this length. */
export const SPAN_MS = 5;
/** The most that one page is sent in a span: 12 MiB/s, as much as pages draw. */
export const SPAN_BYTES = 64 << 10;
/** The most messages that one page is sent in a span: a few, so that an echo need not wait. */
export const SPAN_MESSAGES = 4;
/** The most that all pages together are sent in a span: 36 MiB/s, half of what the server could send. */
export const SPAN_BYTES_OF_ALL = 192 << 10;
/** A page that takes less than this in a span is not counted among those that share `SPAN_BYTES_OF_ALL`. */
export const LITTLE_BYTES = 1 << 10;

/** A program that has printed this much more than pages were sent waits. With a full window it must fit the tail. */
export const BACKLOG_BYTES = 64 << 10;

/** A program is told of a new size at most this often: each has it draw its whole screen, and dragging sends many. */
export const SIZE_EVERY_MS = 50;
/** The widest terminal. */
export const MOST_COLUMNS = 500;
/** The tallest terminal. */
export const MOST_ROWS = 200;
