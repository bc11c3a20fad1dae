import type { REWRITTEN } from '../constructs/rewritten.ts';
import type { Statement } from '../text/statement.ts';
import { TextEdits } from '../text/text-edits.ts';
import type { Context } from '../translation/context.ts';
import { rewriteAnyLists } from './any-lists.ts';
import { checkAsOf } from './check-as-of.ts';
import { nameBooleans } from './boolean-names.ts';
import { rewriteCatalogs } from './catalogs.ts';
import { rewriteCollations } from './collations.ts';
import { rewriteCurrentTime } from './current-time.ts';
import { rewriteFunctions } from './functions.ts';
import { rewriteEmptyArrays } from './empty-arrays.ts';
import { rewriteExponents } from './decimal-constants.ts';
import { removeIndexHints } from './index-hints.ts';
import { separateOperators } from './joined-operators.ts';
import { removeJoinHints } from './join-hints.ts';
import { removeReturningNothing, rewriteLimitedChange } from './limited-changes.ts';
import { rewriteLiterals } from './literals.ts';
import { rewriteNullArguments } from './null-arguments.ts';
import { rewriteOrderBy } from './order-by.ts';
import { rewriteOrdinality } from './ordinality.ts';
import { rewritePrecedence } from './precedence.ts';
import { refusePostgresSyntax } from './postgres-syntax.ts';
import { rewriteQualifiedNames } from './qualified-names.ts';
import { rewriteSpecialForms } from './special-forms.ts';
import { rewriteStringArguments } from './string-arguments.ts';
import { rewriteSubscripts } from './subscripts.ts';
import { rewriteColumnConstants } from './column-constants.ts';
import { rewriteTypeNames } from './type-names.ts';
import { rewriteTypeTests } from './type-tests.ts';

type Rewriting = (statement: Statement, edits: TextEdits, context: Context) => void;

/** In the order in which they are applied: each sees the edits of those before it. */
const REWRITINGS: Record<keyof typeof REWRITTEN, Rewriting> = {
  asOf: (statement, _edits, context) => checkAsOf(statement, context),
  literals: (statement, edits) => {
    separateOperators(statement, edits);
    rewriteLiterals(statement, edits);
    rewriteExponents(statement, edits);
  },
  types: (statement, edits, { session }) =>
    rewriteTypeNames(statement, edits, session.variables.get('default_int_size') === '4' ? 'int4' : 'int8'),
  names: (statement, edits, { database }) => rewriteQualifiedNames(statement, edits, database),
  catalogs: (statement, edits) => {
    if (!statement.translated) rewriteCatalogs(statement, edits);
  },
  integers: rewriteColumnConstants,
  functions: rewriteFunctions,
  forms: rewriteSpecialForms,
  nulls: rewriteNullArguments,
  strings: rewriteStringArguments,
  booleans: nameBooleans,
  time: rewriteCurrentTime,
  anyLists: rewriteAnyLists,
  emptyArrays: rewriteEmptyArrays,
  subscripts: rewriteSubscripts,
  typeTests: rewriteTypeTests,
  collations: rewriteCollations,
  precedence: rewritePrecedence,
  order: rewriteOrderBy,
  hints: removeIndexHints,
  joinHints: removeJoinHints,
  ordinality: rewriteOrdinality,
  limitedChanges: (statement, edits) => {
    removeReturningNothing(statement, edits);
    rewriteLimitedChange(statement, edits);
  },
};

/**
 * Returns the edits that rewrite a statement, or a part of one, for PostgreSQL: types, constants, names, functions.
 * Throws StatementError for functions that CockroachDB does not know.
 */
export function rewriteForPostgres(statement: Statement, context: Context): TextEdits {
  refusePostgresSyntax(statement);
  const edits = new TextEdits(statement.source);
  for (const rewrite of Object.values(REWRITINGS)) rewrite(statement, edits, context);
  return edits;
}
