/**
 * A page is sent at most this in a span of time: 12 MiB/s, as much as pages draw; and a few messages, so that an echo
 * need not wait.
 */
export const SPAN_MS = 5;
export const SPAN_BYTES = 64 << 10;
export const SPAN_MESSAGES = 4;
/**
 * To all pages together go 36 MiB/s at most, half of what the server could; those share it that take more than the
 * little which is nobody's flood.
 */
export const SPAN_BYTES_OF_ALL = 192 << 10;
export const LITTLE_BYTES = 1 << 10;
/** What a program has sent and no page was: with more it waits. With a full window it must fit the tail. */
export const BACKLOG_BYTES = 64 << 10;
/** A window that is dragged sends sizes as fast as it can, and each has a program draw its whole screen. */
export const SIZE_EVERY_MS = 50;
export const MOST_COLUMNS = 500;
export const MOST_ROWS = 200;
