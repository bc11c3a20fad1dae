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
import { enumValue, typeInUse } from './enum-errors.ts';
import { endedCopy } from './copy-errors.ts';
import { definitionExpression } from './expression-errors.ts';
import { jsonArgument, unorderedJson } from './json-errors.ts';
import { openCursors, unknownPortal, unknownType, wrongBind } from './message-errors.ts';
import { mixedTypes } from './mixed-types.ts';
import { numberOutOfRange } from './number-errors.ts';
import type { ErrorTranslation, PostgresError } from './postgres-error.ts';
import { otherDatabase, tooManyParts, undefinedSchema, undefinedTable } from './name-errors.ts';
import {
  impossibleForeignKey,
  invalidTableDefinition,
  referencedTable,
  unknownColumn,
  unknownConstraint,
  unknownOwner,
  wrongObjectType,
} from './definition-errors.ts';
import {
  invalidHexadecimal,
  invalidText,
  argumentOutOfRange,
  invalidTime,
  timeOutOfRange,
  wrongLength,
} from './parse-errors.ts';
import {
  collationMismatch,
  duplicateSource,
  emptyArray,
  groupingError,
  lockedQuery,
  misplacedFunction,
  negativeLimit,
  unknownSource,
  unusableItem,
  variableLimit,
  windowArgument,
  withQueryError,
} from './query-errors.ts';
import { retryError, transactionRetryError } from './retry-error.ts';
import { sequenceError, undefinedSequence } from './sequence-errors.ts';
import { absentSyntax } from './syntax-absences.ts';
import {
  cannotCoerce,
  castOfJson,
  changeOfView,
  computedColumn,
  datatypeMismatch,
  duplicateColumn,
  undefinedColumn,
  undefinedFunction,
  undefinedParameter,
  unsubscriptable,
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
  [SQLSTATE.dependentObjectsStillExist]: (error, source) => typeInUse(error, source) ?? dependentObjects(error, source),
  [SQLSTATE.invalidTextRepresentation]: (error, source) => invalidText(error, source) ?? jsonArgument(error, source),
  [SQLSTATE.numericValueOutOfRange]: (error, source) =>
    argumentOutOfRange(error, source) ?? sequenceError(error, source) ?? numberOutOfRange(error, source),
  [SQLSTATE.stringDataRightTruncation]: wrongLength,
  [SQLSTATE.stringDataLengthMismatch]: wrongLength,
  [SQLSTATE.invalidDatetimeFormat]: invalidTime,
  [SQLSTATE.datetimeFieldOverflow]: timeOutOfRange,
  [SQLSTATE.invalidRowCountInLimit]: negativeLimit,
  [SQLSTATE.invalidRowCountInOffset]: negativeLimit,
  [SQLSTATE.invalidParameterValue]: (error, source) =>
    error.message === 'step size cannot equal zero'
      ? { code: error.code, message: 'step cannot be 0' }
      : (castOfJson(error, source) ?? invalidHexadecimal(error, source) ?? jsonArgument(error, source)),
  [SQLSTATE.arraySubscriptError]: jsonArgument,
  [SQLSTATE.nullValueNotAllowed]: jsonArgument,
  [SQLSTATE.undefinedTable]: (error, source) =>
    undefinedSequence(error, source) ?? undefinedTable(error, source) ?? unknownSource(error, source),
  [SQLSTATE.duplicateAlias]: (error, source) => duplicateSource(error, source) ?? withQueryError(error, source),
  [SQLSTATE.invalidColumnReference]: (error, source) => variableLimit(error, source) ?? withQueryError(error, source),
  [SQLSTATE.groupingError]: groupingError,
  [SQLSTATE.indeterminateDatatype]: emptyArray,
  [SQLSTATE.collationMismatch]: collationMismatch,
  [SQLSTATE.wrongObjectType]: (error, source) => misplacedFunction(error, source) ?? wrongObjectType(error, source),
  [SQLSTATE.sequenceLimitExceeded]: sequenceError,
  [SQLSTATE.invalidForeignKey]: impossibleForeignKey,
  [SQLSTATE.invalidTableDefinition]: invalidTableDefinition,
  [SQLSTATE.invalidSchemaName]: undefinedSchema,
  [SQLSTATE.featureNotSupported]: (error, source) =>
    otherDatabase(error, source) ??
    referencedTable(error, source) ??
    withQueryError(error, source) ??
    lockedQuery(error, source) ??
    misplacedFunction(error, source),
  [SQLSTATE.invalidArgumentForNtile]: windowArgument,
  [SQLSTATE.invalidArgumentForNthValue]: windowArgument,
  [SQLSTATE.generatedAlways]: computedColumn,
  [SQLSTATE.datatypeMismatch]: (error, source) =>
    impossibleForeignKey(error, source) ??
    mixedTypes(error, source) ??
    datatypeMismatch(error, source) ??
    unsubscriptable(error, source),
  [SQLSTATE.cannotCoerce]: (error, source) => mixedTypes(error, source) ?? cannotCoerce(error, source),
  [SQLSTATE.undefinedObject]: (error, source) => unknownConstraint(error, source) ?? unknownOwner(error, source),
  [SQLSTATE.undefinedFunction]: (error, source) => unorderedJson(error, source) ?? undefinedFunction(error, source),
  [SQLSTATE.ambiguousFunction]: undefinedFunction,
  [SQLSTATE.undefinedColumn]: (error, source) => unknownColumn(error, source) ?? undefinedColumn(error, source),
  [SQLSTATE.duplicateColumn]: duplicateColumn,
  [SQLSTATE.undefinedParameter]: undefinedParameter,
  [SQLSTATE.objectNotInPrerequisiteState]: (error, source) =>
    changeOfView(error, source) ?? sequenceError(error, source),
  [SQLSTATE.protocolViolation]: wrongBind,
  [SQLSTATE.invalidCursorName]: unknownPortal,
  [SQLSTATE.objectInUse]: openCursors,
  [SQLSTATE.internalError]: (error, source) =>
    error.message.startsWith(UNCATEGORIZED_MARK)
      ? { code: SQLSTATE.uncategorized, message: error.message.slice(UNCATEGORIZED_MARK.length) }
      : unknownType(error, source),
  [SQLSTATE.cardinalityViolation]: ({ code, message }) =>
    message.startsWith('ON CONFLICT DO UPDATE')
      ? { code, message: 'UPSERT or INSERT...ON CONFLICT command cannot affect row a second time' }
      : undefined,
  [SQLSTATE.configurationLimitExceeded]: ({ code }) => ({
    code,
    message: 'the stand-in has no more room for the intermediate results of a statement',
  }),
  [SQLSTATE.lockNotAvailable]: (error, source) =>
    /NOWAIT|could not obtain/.test(error.message) ? undefined : canceled(error, source),
  [SQLSTATE.queryCanceled]: (error, source) => endedCopy(error) ?? canceled(error, source),
};

/** What names of indexes and their constraints have at their end in PostgreSQL (`definitions/index-names.ts`). */
const MARK = /@##?[0-9a-z]+(?="|$| )/g;
/** Errors about objects and constraints. Messages of others may repeat what a client wrote. */
const ABOUT_NAMES = /^(23|2B|42)/;

/** Returns PostgreSQL's error in CockroachDB's words. `source` is the statement as the client sent it. */
export function translateError(error: PostgresError, source: string): ErrorFields {
  const told = translateAs(error, source);
  return {
    ...told,
    message: ABOUT_NAMES.test(error.code) ? told.message.replace(MARK, '') : told.message,
    constraint: told.constraint?.replace(MARK, ''),
  };
}

function translateAs(error: PostgresError, source: string): ErrorFields {
  const { code, message, detail, hint, constraint, table } = error;
  const translated =
    definitionExpression(error, source) ??
    enumValue(error, source) ??
    (code === SQLSTATE.syntaxError
      ? (tooManyParts(error, source) ?? unusableItem(error, source) ?? syntaxErrorAt(error, source))
      : TRANSLATIONS[code]?.(error, source));
  if (translated) return { constraint, table, ...translated };
  // PostgreSQL's own details and hints name its types and commands; only those that our functions raise are ours.
  return { code, message, constraint, table, ...(error.routine === 'exec_stmt_raise' && { detail, hint }) };
}

/** Rewords the errors that PostgreSQL's parser has for a column with two defaults, or assigned twice. */
function declaredTwice(message: string): string {
  return message
    .replace('assignments to same column', 'assignments to the same column')
    .replace(
      /^((?:conflicting NULL\/NOT NULL declarations|multiple default values).* column ".*") of table ".*"$/,
      '$1',
    );
}

/** Returns a syntax error at the token that CockroachDB would name. */
function syntaxErrorAt({ code, message, position }: PostgresError, source: string): ErrorFields {
  if (!message.startsWith('syntax error') || position === undefined) return { code, message: declaredTwice(message) };
  const tokens = lex(source);
  const isAtEnd = message.includes('at end of input');
  const at = isAtEnd ? -1 : tokens.findIndex((each) => each.end >= position);
  const index = at < 0 ? tokens.length - 1 : at;
  const construct = absentSyntax(tokens, index);
  return construct === undefined ? syntaxError({ source }, tokens[index]!).fields : notSupported(construct).fields;
}
