import { MOST_COLUMNS, MOST_ROWS, SIZE_EVERY_MS } from './terminal-limits.ts';

/** Columns and rows of a terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** The nearest size that a terminal may have. */
export function allowedSize({ columns, rows }: Size): Size {
  return {
    columns: Math.min(Math.max(Math.trunc(columns), 1), MOST_COLUMNS),
    rows: Math.min(Math.max(Math.trunc(rows), 1), MOST_ROWS),
  };
}

/** The size of a terminal: of those that come in quick succession its program is told the last. */
export class TerminalSize {
  readonly #tell: (size: Size) => void;
  #told: Size;
  #wanted: Size;
  #timer: NodeJS.Timeout | undefined;

  /** `tell` tells the program, which began with the size `first`. */
  constructor(first: Size, tell: (size: Size) => void) {
    this.#told = first;
    this.#wanted = first;
    this.#tell = tell;
  }

  change(size: Size): void {
    this.#wanted = allowedSize(size);
    if (!this.#timer) this.#apply();
  }

  /**
   * Has the program draw its screen anew, by a size that is another for a moment: of the same one it would hear
   * nothing.
   */
  nudge(): void {
    clearTimeout(this.#timer);
    const { columns, rows } = this.#wanted;
    this.#set({ columns, rows: rows > 1 ? rows - 1 : rows + 1 });
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #apply(): void {
    this.#timer = undefined;
    const { columns, rows } = this.#wanted;
    if (columns !== this.#told.columns || rows !== this.#told.rows) this.#set(this.#wanted);
  }

  #set(size: Size): void {
    this.#told = size;
    this.#tell(size);
    this.#timer = setTimeout(() => this.#apply(), SIZE_EVERY_MS).unref();
  }
}
