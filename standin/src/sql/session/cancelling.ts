import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import type { Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { isAdmin } from '../translation/lookups.ts';
import type { Local } from '../translation/translation.ts';

type Kind = 'query' | 'session';
const KINDS: Record<string, Kind> = { query: 'query', queries: 'query', session: 'session', sessions: 'session' };

/**
 * CANCEL QUERY, SESSION and JOB, PAUSE JOB and RESUME JOB (cockroachlabs.com/docs/v21.1/cancel-query, cancel-session,
 * cancel-job, pause-job, resume-job). Throws StatementError.
 */
export function translateCancel(statement: Statement, context: Context): Local {
  const reader = new StatementReader(statement);
  const verb = reader.oneOf('cancel', 'pause', 'resume')!;
  const plural = reader.oneOf('jobs', 'queries', 'sessions');
  const word = plural ?? reader.oneOf('job', 'query', 'session');
  const kind = KINDS[word ?? ''];
  if (word === undefined || (kind && verb !== 'cancel')) throw reader.syntaxError();
  const ifExists = kind !== undefined && reader.skip('if', 'exists');
  if (reader.atEnd) throw reader.syntaxError();
  const given = substatement(statement, reader.at, statement.tokens.length - 1);
  const tag = `${verb.toUpperCase()} ${kind === undefined ? 'JOBS' : kind === 'query' ? 'QUERIES' : 'SESSIONS'}`;
  return {
    kind: 'local',
    execute: async () => {
      const ids = await idsOf(given, plural !== undefined, context);
      for (const id of ids)
        if (kind) await cancel(kind, id, ifExists, context);
        else throw noSuchJob(verb, id, context);
      return { tag: `${tag} ${ids.length}` };
    },
  };
}

/** Returns the ids that a query, or a constant, names. */
async function idsOf(given: Statement, isQuery: boolean, context: Context): Promise<string[]> {
  const [first, second] = given.tokens;
  const isConstant = !isQuery && second?.kind === 'end';
  if (isConstant && first?.kind === 'number') return [first.value];
  if (isConstant && first?.kind === 'string') return [textOf(first)];
  if (!isQuery) throw notSupported('an expression as an id');
  const translation = await context.session.translate(given, context);
  const rows =
    translation.kind === 'local' ? ((await translation.execute()).rows ?? []) : await context.query(translation.sql);
  return rows.flatMap(([id]) => id ?? []);
}

/** Returns the text of a plain constant. */
function textOf({ value }: Token): string {
  const [, inner] = /^'(.*)'$/s.exec(value) ?? [];
  if (inner === undefined) throw notSupported('such a constant as an id');
  return inner.replaceAll("''", "'");
}

/** A client may cancel what its own user does; members of admin, everything. Throws StatementError. */
async function cancel(kind: Kind, id: string, ifExists: boolean, context: Context): Promise<void> {
  checkHexadecimal(kind, id);
  const { node, user } = context;
  const target = node.sessions.find((session) => (kind === 'query' ? session.query?.id : session.id) === id);
  const mayCancel = target?.user === user || (await isAdmin(context));
  const isFound = target !== undefined && mayCancel;
  if (!isFound && ifExists) return;
  if (!isFound)
    throw new StatementError(SQLSTATE.uncategorized, `could not cancel ${kind} ${id}: ${kind} ID ${id} not found`);
  if (kind === 'query') node.cancelQuery(id);
  else node.cancelSession(id);
}

/** Throws StatementError (syntaxError) in the words of Go's package encoding/hex. */
function checkHexadecimal(kind: Kind, id: string): void {
  const wrong = /[^\da-f]/i.exec(id)?.[0];
  const code = wrong?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  const reason =
    wrong !== undefined ? `invalid byte: U+${code} '${wrong}'` : id.length % 2 === 1 ? 'odd length hex string' : '';
  if (reason === '') return;
  const message = `invalid ${kind} ID '${id}': could not decode ${id} as hex: encoding/hex: ${reason}`;
  throw new StatementError(SQLSTATE.syntaxError, message);
}

/** All jobs of the stand-in have ended, so none can be controlled. */
function noSuchJob(verb: string, id: string, { node }: Context): StatementError {
  const isKnown = node.jobs.some((job) => String(job.id) === id);
  const done = { cancel: 'canceled', pause: 'paused', resume: 'resumed' }[verb];
  const message = isKnown ? `job with status succeeded cannot be ${done}` : `job with ID ${id} does not exist`;
  return new StatementError(SQLSTATE.uncategorized, message);
}
