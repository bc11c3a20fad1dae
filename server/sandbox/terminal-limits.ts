/** Bytes that may be on their way to a page, or from it, before the other side has taken them (`server/protocol.ts`). */
export const TERMINAL_WINDOW_BYTES = 128 << 10;
/** One message to a page is at most this, and the next goes this much later: 12 MiB/s, more than any page draws. */
export const MESSAGE_BYTES = 64 << 10;
export const MESSAGE_EVERY_MS = 5;
/** What a program has sent and no page was: with more it waits. With a full window it must fit the tail. */
export const BACKLOG_BYTES = 64 << 10;
/** A window that is dragged sends sizes as fast as it can, and each has a program draw its whole screen. */
export const SIZE_EVERY_MS = 50;
export const MOST_COLUMNS = 500;
export const MOST_ROWS = 200;
