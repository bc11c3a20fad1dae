import type { SchemaChangesControl } from '../sql/translation/context.ts';

/** What an open transaction has done to names: CockroachDB changes them only when it ends. */
export class SchemaChanges implements SchemaChangesControl {
  readonly addedColumns = new Set<string>();
  readonly droppedTables = new Set<string>();
  readonly renamedTables = new Set<string>();
  readonly droppedParts = new Set<string>();
  readonly #createdTables = new Set<string>();
  readonly #isOpen: () => boolean;

  /** `isOpen` says whether a transaction is open: outside of one, nothing needs to be remembered. */
  constructor(isOpen: () => boolean) {
    this.#isOpen = isOpen;
  }

  noteColumn(name: string): void {
    if (this.#isOpen()) this.addedColumns.add(name);
  }

  noteCreated(table: string): void {
    if (this.#isOpen()) this.#createdTables.add(table);
  }

  noteDropped(table: string): void {
    // The name of a table that this very transaction has created is free again at once.
    if (this.#isOpen() && !this.#createdTables.delete(table)) this.droppedTables.add(table);
  }

  noteDroppedPart(table: string, part: string): void {
    if (this.#isOpen() && !this.#createdTables.has(table)) this.droppedParts.add(`${table}.${part}`);
  }

  noteRenamed(table: string): void {
    if (this.#isOpen()) this.renamedTables.add(table);
  }

  clear(): void {
    for (const noted of [
      this.addedColumns,
      this.droppedTables,
      this.droppedParts,
      this.renamedTables,
      this.#createdTables,
    ])
      noted.clear();
  }
}
