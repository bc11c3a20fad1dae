import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Context } from '../translation/context.ts';

/** Throws StatementError when this transaction has dropped that part of a table: `column`, or `@index`. */
export function requireFreePart(table: string, part: string, { session }: Context): void {
  if (!session.transaction.schema.droppedParts.has(`${table}.${part}`)) return;
  const shown = part.startsWith('@') ? `index "${part.slice(1)}"` : `column "${part}"`;
  throw new StatementError(SQLSTATE.objectNotInPrerequisiteState, `${shown} being dropped, try again later`);
}

/**
 * Throws StatementError when this transaction has dropped or renamed a relation of that name: CockroachDB frees the
 * name only when the transaction ends, PostgreSQL at once. Otherwise records that the transaction creates it.
 */
export function takeName(kind: 'table' | 'view' | 'sequence', path: string[], context: Context): void {
  const { transaction } = context.session;
  const name = path.at(-1)!;
  if (transaction.schema.droppedTables.has(name))
    throw new StatementError(
      SQLSTATE.objectNotInPrerequisiteState,
      `${kind} "${name}" is being dropped, try again later`,
    );
  if (transaction.schema.renamedTables.has(name))
    throw new StatementError(
      SQLSTATE.duplicateTable,
      `relation "${context.database}.${path.at(-2) ?? 'public'}.${name}" already exists`,
    );
  transaction.schema.noteCreated(name);
}
