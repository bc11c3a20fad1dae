import type { Context } from '../translation/context.ts';

/**
 * Executes statements so that all have their effect or none has, also outside a transaction: PostgreSQL carries out the
 * statements of one text as a transaction. Throws StatementError.
 */
export async function executeAtOnce(context: Context, statements: readonly string[]): Promise<void> {
  if (statements.length > 0) await context.execute(statements.join(';\n'));
}
