import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { lex } from '../text/lexer.ts';
import { syntaxError } from '../text/syntax-error.ts';
import {
  checkViolation,
  dependentObjects,
  foreignKeyViolation,
  notNullViolation,
  uniqueViolation,
} from './constraint-errors.ts';
import { numberOutOfRange } from './number-errors.ts';
import type { ErrorTranslation, PostgresError } from './postgres-error.ts';
import { otherDatabase, undefinedSchema, undefinedTable } from './name-errors.ts';
import { retryError, transactionRetryError } from './retry-error.ts';
import { absentSyntax } from './syntax-absences.ts';
import {
  cannotCoerce,
  changeOfView,
  datatypeMismatch,
  duplicateColumn,
  invalidText,
  undefinedColumn,
  undefinedFunction,
  undefinedParameter,
} from './value-errors.ts';

/** Begins messages of errors that the stand-in's functions in PostgreSQL raise without a code. */
const UNCATEGORIZED_MARK = '[XXUUU]';
/** Begins retry errors that are already in CockroachDB's words. */
const RETRY_MARK = 'restart transaction';

const conflict: ErrorTranslation = ({ message }) =>
  message.startsWith(RETRY_MARK)
    ? retryError(message)
    : transactionRetryError(/read\/write dependencies/.test(message));

const canceled: ErrorTranslation = ({ message }) => ({
  code: SQLSTATE.queryCanceled,
  message: message.includes('user request')
    ? 'query execution canceled'
    : 'query execution canceled due to statement timeout',
});

const TRANSLATIONS: Record<string, ErrorTranslation> = {
  [SQLSTATE.serializationFailure]: conflict,
  [SQLSTATE.deadlockDetected]: ({ message }) => transactionRetryError(/read\/write dependencies/.test(message)),
  [SQLSTATE.uniqueViolation]: uniqueViolation,
  [SQLSTATE.notNullViolation]: notNullViolation,
  [SQLSTATE.checkViolation]: checkViolation,
  [SQLSTATE.foreignKeyViolation]: foreignKeyViolation,
  [SQLSTATE.dependentObjectsStillExist]: dependentObjects,
  [SQLSTATE.invalidTextRepresentation]: invalidText,
  [SQLSTATE.numericValueOutOfRange]: numberOutOfRange,
  [SQLSTATE.datatypeMismatch]: datatypeMismatch,
  [SQLSTATE.cannotCoerce]: cannotCoerce,
  [SQLSTATE.undefinedFunction]: undefinedFunction,
  [SQLSTATE.ambiguousFunction]: undefinedFunction,
  [SQLSTATE.undefinedColumn]: undefinedColumn,
  [SQLSTATE.duplicateColumn]: duplicateColumn,
  [SQLSTATE.undefinedParameter]: undefinedParameter,
  [SQLSTATE.objectNotInPrerequisiteState]: changeOfView,
  [SQLSTATE.internalError]: ({ message }) =>
    message.startsWith(UNCATEGORIZED_MARK)
      ? { code: SQLSTATE.uncategorized, message: message.slice(UNCATEGORIZED_MARK.length) }
      : undefined,
  [SQLSTATE.cardinalityViolation]: ({ code, message }) =>
    message.startsWith('ON CONFLICT DO UPDATE')
      ? { code, message: 'UPSERT or INSERT...ON CONFLICT command cannot affect row a second time' }
      : undefined,
  [SQLSTATE.configurationLimitExceeded]: ({ code }) => ({
    code,
    message: 'the stand-in has no more room for the intermediate results of a statement',
  }),
  [SQLSTATE.lockNotAvailable]: (error) => (/NOWAIT|could not obtain/.test(error.message) ? undefined : canceled(error)),
  [SQLSTATE.queryCanceled]: canceled,
};

/** Errors that repeat a name as the statement has it. */
const NAMING: Record<string, (error: PostgresError, source: string) => ErrorFields | undefined> = {
  [SQLSTATE.undefinedTable]: undefinedTable,
  [SQLSTATE.featureNotSupported]: otherDatabase,
  [SQLSTATE.invalidSchemaName]: undefinedSchema,
};

/** Returns PostgreSQL's error in CockroachDB's words. `source` is the statement as the client sent it. */
export function translateError(error: PostgresError, source: string): ErrorFields {
  const { code, message, detail, hint, constraint } = error;
  const translated =
    code === SQLSTATE.syntaxError
      ? syntaxErrorAt(error, source)
      : (NAMING[code]?.(error, source) ?? TRANSLATIONS[code]?.(error));
  return translated ? { constraint, ...translated } : { code, message, detail, hint, constraint };
}

/** Returns a syntax error at the token that CockroachDB would name. */
function syntaxErrorAt({ code, message, position }: PostgresError, source: string): ErrorFields {
  if (!message.startsWith('syntax error') || position === undefined) return { code, message };
  const tokens = lex(source);
  const isAtEnd = message.includes('at end of input');
  const at = isAtEnd ? -1 : tokens.findIndex((each) => each.end >= position);
  const index = at < 0 ? tokens.length - 1 : at;
  const construct = absentSyntax(tokens, index);
  return construct === undefined ? syntaxError({ source }, tokens[index]!).fields : notSupported(construct).fields;
}
