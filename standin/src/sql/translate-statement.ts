import { translateGrant } from './access/grants.ts';
import { translateReassign } from './access/reassigning.ts';
import { translateRole } from './access/roles.ts';
import type { STATEMENTS } from './constructs/statements.ts';
import { translateAlter } from './definitions/alter-table.ts';
import { translateComment } from './definitions/comments.ts';
import { translateCreateObject } from './definitions/create-object.ts';
import { translateStatistics } from './definitions/create-statistics.ts';
import { translateCreateTable } from './definitions/create-table.ts';
import { translateDatabase } from './definitions/databases.ts';
import { translateDropObject } from './definitions/drop-object.ts';
import { translateIndex } from './definitions/indexes.ts';
import { notSupported, StatementError, type ErrorFields } from '../protocol/statement-error.ts';
import { translateCopy } from './queries/copy.ts';
import { translateRefresh } from './definitions/refresh-view.ts';
import { translateCursor } from './queries/cursors.ts';
import { translateExplain } from './queries/explain.ts';
import { translatePreparedStatement } from './queries/prepared-statements.ts';
import { translateQuery } from './queries/query.ts';
import { translateUpsert } from './queries/upsert.ts';
import { translateCancel } from './session/cancelling.ts';
import { privilegeError } from './results/privilege-error.ts';
import { translateSavepoint } from './session/savepoints.ts';
import { translateSetting } from './session/session-settings.ts';
import { translateTransaction } from './session/transactions.ts';
import { translateShow } from './show/show.ts';
import type { Statement } from './text/statement.ts';
import { nameOf } from './text/statement-name.ts';
import { near } from './text/syntax-error.ts';
import { isSign, type Token } from './text/tokens.ts';
import type { Context } from './translation/context.ts';
import type { Local, StatementResult, Translation } from './translation/translation.ts';

/** Returns undefined for a statement that belongs to another translator. Throws StatementError. */
type Translator = (
  statement: Statement,
  context: Context,
) => Translation | undefined | Promise<Translation | undefined>;

/** One for each statement that the page on the stand-in lists. */
const TRANSLATORS: Record<keyof typeof STATEMENTS, Translator> = {
  queries: translateQuery,
  upsert: translateUpsert,
  databases: translateDatabase,
  roles: translateRole,
  tables: translateCreateTable,
  indexes: translateIndex,
  otherObjects: translateCreateObject,
  alterations: translateAlter,
  drops: translateDropObject,
  grants: translateGrant,
  transactions: translateTransaction,
  savepoints: translateSavepoint,
  settings: translateSetting,
  show: translateShow,
  explain: translateExplain,
  prepared: translatePreparedStatement,
  statistics: translateStatistics,
  reassigning: translateReassign,
  cursors: translateCursor,
  refresh: translateRefresh,
  comments: translateComment,
  copy: translateCopy,
  cancelling: translateCancel,
};

/** The translators that are tried, in order, for the first word of a statement; for any other word, none. */
const BEGINNINGS = new Map<string, (keyof typeof STATEMENTS)[]>([
  ['create', ['databases', 'roles', 'statistics', 'tables', 'indexes', 'otherObjects']],
  ['alter', ['databases', 'roles', 'alterations']],
  ['drop', ['databases', 'roles', 'indexes', 'drops']],
  ['with', ['upsert', 'queries']],
  ['upsert', ['upsert']],
  ...beginnings('( select values table insert update delete truncate', 'queries'),
  ...beginnings('grant revoke', 'grants'),
  ...beginnings('reassign', 'reassigning'),
  ...beginnings('begin start commit end rollback abort release', 'transactions'),
  ...beginnings('savepoint', 'savepoints'),
  ...beginnings('set reset use discard', 'settings'),
  ...beginnings('show', 'show'),
  ...beginnings('explain', 'explain'),
  ...beginnings('prepare execute deallocate', 'prepared'),
  ...beginnings('declare fetch move close', 'cursors'),
  ...beginnings('comment', 'comments'),
  ...beginnings('copy', 'copy'),
  ...beginnings('cancel pause resume', 'cancelling'),
  ...beginnings('refresh', 'refresh'),
]);

function beginnings(
  words: string,
  ...translators: (keyof typeof STATEMENTS)[]
): [string, (keyof typeof STATEMENTS)[]][] {
  return words.split(' ').map((word) => [word, translators]);
}

function firstWord({ tokens: [first] }: Statement): string {
  return isSign(first, '(') || first?.kind === 'word' ? first!.value : '';
}

/**
 * Translates a statement that begins or ends the transaction, which is also allowed in an aborted one; returns
 * undefined for any other. Throws StatementError (syntaxError) for words that begin no statement of CockroachDB's.
 */
export function translateTransactionControl(statement: Statement, context: Context): Local | undefined {
  nameOf(statement);
  return translateTransaction(statement, context);
}

/**
 * Returns how a statement is carried out. Throws StatementError for what CockroachDB refuses or the stand-in does not
 * have: a translator that stumbles over a word of the statement's name does not know the statement.
 */
export async function translateStatement(statement: Statement, context: Context): Promise<Translation> {
  const { name, words } = nameOf(statement);
  try {
    for (const translator of BEGINNINGS.get(firstWord(statement)) ?? []) {
      const translation = await TRANSLATORS[translator](statement, context);
      if (translation) return withPrivilegeWords(translation, statement, context);
    }
  } catch (error) {
    if (!stumbledOver(statement.tokens.slice(0, words), error)) throw error;
  }
  throw notSupported(name);
}

/** Returns a translation whose error about a missing privilege is in CockroachDB's words. */
function withPrivilegeWords(translation: Translation, statement: Statement, context: Context): Translation {
  const reword = (error: ErrorFields): ErrorFields => privilegeError(error, statement, context);
  if (translation.kind === 'forward') {
    const { rewordError = (error) => error } = translation;
    return { ...translation, rewordError: (error) => rewordError(reword(error)) };
  }
  const execute = async (): Promise<StatementResult> => {
    try {
      return await translation.execute();
    } catch (error) {
      throw error instanceof StatementError ? StatementError.of(reword(error.fields)) : error;
    }
  };
  return { ...translation, execute };
}

/** Whether an error is the syntax error at one of these tokens. */
function stumbledOver(tokens: Token[], error: unknown): boolean {
  if (!(error instanceof StatementError)) return false;
  const { tokenStart, message } = error.fields;
  return tokens.some((token) => token.start === tokenStart && message.startsWith(`at or near "${near(token)}"`));
}
