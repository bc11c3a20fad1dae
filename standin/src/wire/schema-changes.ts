import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { SchemaChangesControl } from '../sql/translation/context.ts';
import type { Backend } from './backend.ts';

/** Returns the error about a transaction that has committed without one of its definitions. */
function abortedChange({ fields: { code, message } }: StatementError): StatementError {
  return new StatementError(
    SQLSTATE.schemaChangeAborted,
    `transaction committed but schema change aborted with error: (${code}): ${message}`,
    {
      hint:
        'Some of the non-DDL statements may have committed successfully, but some of the DDL statement(s) failed.\n' +
        'Manual inspection may be required to determine the actual state of the database.',
    },
  );
}

/** What an open transaction has done to names: CockroachDB changes them only when it ends. */
export class SchemaChanges implements SchemaChangesControl {
  readonly addedColumns = new Set<string>();
  readonly droppedTables = new Set<string>();
  readonly renamedTables = new Set<string>();
  readonly droppedParts = new Set<string>();
  readonly #deferred: string[] = [];
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

  isNew(table: string): boolean {
    return this.#createdTables.has(table);
  }

  defer(sql: string): void {
    this.#deferred.push(sql);
  }

  /** Executes what was deferred, before the transaction commits; returns the error of the first that fails. */
  async finish(backend: Pick<Backend, 'execute'>): Promise<StatementError | undefined> {
    let failure: StatementError | undefined;
    for (const sql of this.#deferred) {
      await backend.execute('SAVEPOINT standin_deferred');
      try {
        await backend.execute(sql);
      } catch (error) {
        if (!(error instanceof StatementError) || error.fields.code !== SQLSTATE.uniqueViolation) throw error;
        failure ??= abortedChange(error);
        await backend.execute('ROLLBACK TO SAVEPOINT standin_deferred');
      }
    }
    return failure;
  }

  noteRenamed(table: string): void {
    if (this.#isOpen()) this.renamedTables.add(table);
  }

  clear(): void {
    this.#deferred.length = 0;
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
