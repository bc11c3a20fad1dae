/**
 * The messages of a terminal's WebSocket, `GET /api/sandboxes/:id/terminals/:number`. They are binary: a letter and its
 * content. For D and for I, 128 KiB each may be in transit until the other side acknowledges some with T. A page that
 * was disconnected or reloaded can come back for a while; `DELETE` on the same address ends the terminal at once.
 *
 * | letter | to the server                                  | from the server                                     |
 * |--------|------------------------------------------------|-----------------------------------------------------|
 * | O      | first, and once: JSON TerminalOpening          |                                                     |
 * | I      | keys: bytes for the program                    |                                                     |
 * | S      | new size: u16 columns, u16 rows, big-endian    |                                                     |
 * | T      | u32 bytes of D were drawn: credit for as many  | u32 bytes of I were taken: credit for as many       |
 * | B      |                                                | first: JSON TerminalBeginning                       |
 * | D      |                                                | bytes of the program, hostile                       |
 * | E      |                                                | the end, and last: JSON TerminalEnd                 |
 */
export type TerminalMessage = 'O' | 'I' | 'S' | 'T' | 'B' | 'D' | 'E';

/** The message with which a page opens a terminal or comes back to it. */
export interface TerminalOpening {
  columns: number;
  rows: number;
  /**
   * The command line to start when the terminal has no program yet, for example `cockroach sql …`; default: a shell.
   */
  command?: string;
  /** To come back: how many bytes of the program with that `key` the page has already drawn. */
  from?: { key: string; bytes: number };
  /** The page that opens it, and the step whose command it is opened for: for counting, as `RunUse`. */
  use?: { page: string; step?: string };
}

/**
 * Describes the bytes that follow: the program's output after what the page has drawn if that is still stored,
 * otherwise everything that is stored.
 */
export interface TerminalBeginning {
  /** Identifies the program. */
  key: string;
  /** The position of the first byte that follows. If it is not the requested one, draw on an empty screen. */
  bytes: number;
  /**
   * How many of the bytes that follow were already drawn by some page, so that terminal queries in them must not be
   * answered again. Default: none.
   */
  old?: number;
}

/**
 * Why a terminal has ended for a page: its program ended (without an exit code if the server ended it), the sandbox is
 * lost, another page has taken over the terminal, or the server refused to open it.
 */
export interface TerminalEnd {
  reason: 'exited' | 'lost' | 'taken' | 'refused';
  exitCode?: number;
  /** A sentence for readers if the reason alone does not say enough. */
  message?: string;
}
