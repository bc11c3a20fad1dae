import { MAX_COLUMNS, MAX_ROWS, SIZE_EVERY_MS } from './terminal-limits.ts';

/** Columns and rows of a terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** Returns the nearest allowed size of a terminal. */
export function allowedSize({ columns, rows }: Size): Size {
  return {
    columns: Math.min(Math.max(Math.trunc(columns), 1), MAX_COLUMNS),
    rows: Math.min(Math.max(Math.trunc(rows), 1), MAX_ROWS),
  };
}

/** The size of a terminal. Of several changes in quick succession, the program receives only the last. */
export class TerminalSize {
  readonly #apply: (size: Size) => void;
  #applied: Size;
  #wanted: Size;
  #timer: NodeJS.Timeout | undefined;

  /** `apply` resizes the program, which was started with the size `first`. */
  constructor(first: Size, apply: (size: Size) => void) {
    this.#applied = first;
    this.#wanted = first;
    this.#apply = apply;
  }

  /** Changes the size to the nearest allowed one. */
  change(size: Size): void {
    this.#wanted = allowedSize(size);
    if (!this.#timer) this.#update();
  }

  /**
   * Makes the program redraw its screen, by another size for a moment: setting the same size would have no effect.
   */
  nudge(): void {
    clearTimeout(this.#timer);
    const { columns, rows } = this.#wanted;
    this.#set({ columns, rows: rows > 1 ? rows - 1 : rows + 1 });
  }

  /** Stops changing the size. */
  dispose(): void {
    clearTimeout(this.#timer);
  }

  #update(): void {
    this.#timer = undefined;
    const { columns, rows } = this.#wanted;
    if (columns !== this.#applied.columns || rows !== this.#applied.rows) this.#set(this.#wanted);
  }

  #set(size: Size): void {
    this.#applied = size;
    this.#apply(size);
    this.#timer = setTimeout(() => this.#update(), SIZE_EVERY_MS).unref();
  }
}
