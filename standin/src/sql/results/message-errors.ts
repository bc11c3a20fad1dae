import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** PostgreSQL's errors about Bind messages, and CockroachDB's words for each. */
const WRONG_BINDS: [RegExp, (given: string, wanted: string) => string][] = [
  [
    /^bind message supplies (\d+) parameters, but prepared statement ".*" requires (\d+)$/,
    (given, wanted) => `expected ${wanted} arguments, got ${given}`,
  ],
  [
    /^bind message has (\d+) result formats but query has (\d+) columns$/,
    (given, wanted) => `expected 0, 1, or ${wanted} for number of format codes, got ${given}`,
  ],
  [
    /^bind message has (\d+) parameter formats but (\d+) parameters$/,
    (given, wanted) => `wrong number of format codes specified: ${given} for ${wanted} arguments`,
  ],
];

/** Rewords the error about a Bind message that does not fit its statement. */
export const wrongBind: ErrorTranslation = ({ code, message }) => {
  for (const [pattern, reword] of WRONG_BINDS) {
    const [, given, wanted] = pattern.exec(message) ?? [];
    if (given !== undefined && wanted !== undefined) return { code, message: reword(given, wanted) };
  }
  return undefined;
};

/** Rewords the error about a type in a Parse message that does not exist. */
export const unknownType: ErrorTranslation = ({ message }) => {
  const [, oid] = /^cache lookup failed for type (\d+)$/.exec(message) ?? [];
  return oid === undefined ? undefined : { code: SQLSTATE.protocolViolation, message: `unknown oid type: ${oid}` };
};

/** Rewords the error about a portal that does not exist. */
export const unknownPortal: ErrorTranslation = ({ code, message }) => {
  const [, portal] = /^portal (".*") does not exist$/.exec(message) ?? [];
  return portal === undefined ? undefined : { code, message: `unknown portal ${portal}` };
};

/** Rewords the error about a table that a cursor reads. */
export const openCursors: ErrorTranslation = ({ message }) =>
  message.includes('used by active queries in this session')
    ? {
        code: SQLSTATE.objectNotInPrerequisiteState,
        message: 'cannot run schema change in a transaction with open DECLARE cursors',
      }
    : undefined;
