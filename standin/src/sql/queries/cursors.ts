import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteName } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import type { Forward } from '../translation/translation.ts';

const QUERIES = '( select values table with'.split(' ');

/**
 * Cursors as newer versions of CockroachDB have them, in transactions and only forward
 * (cockroachlabs.com/docs/stable/cursors): v21.1 has none, but drivers read large results through them. Throws
 * StatementError.
 *
 *     DECLARE c CURSOR FOR SELECT a::STRING FROM t
 *     DECLARE "c" NO SCROLL CURSOR FOR SELECT a::text FROM t
 */
export async function translateCursor(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  const verb = reader.oneOf('declare', 'fetch', 'move', 'close');
  if (verb === 'declare') return await declare(reader, context);
  const sql = verb === 'close' ? closing(reader) : moving(verb!, reader);
  reader.expectEnd();
  return { kind: 'forward', sql };
}

async function declare(reader: StatementReader, context: Context): Promise<Forward> {
  const name = reader.name();
  if (reader.oneOf('binary', 'scroll')) throw notSupported('DECLARE … BINARY and DECLARE … SCROLL');
  while (reader.oneOf('insensitive', 'asensitive') || reader.skip('no', 'scroll'));
  reader.expect('cursor');
  if (reader.skip('with', 'hold')) throw notSupported('DECLARE … WITH HOLD');
  reader.skip('without', 'hold');
  reader.expect('for');
  const { statement, at } = reader;
  const query = substatement(statement, at, statement.tokens.length - 1);
  if (!QUERIES.includes(query.tokens[0]!.value)) throw reader.syntaxError();
  const translation = await context.session.translate(query, context);
  if (translation.kind !== 'forward') throw notSupported('DECLARE … CURSOR FOR this statement');
  if (context.session.transaction.state !== 'open')
    throw new StatementError(SQLSTATE.noActiveSqlTransaction, 'DECLARE CURSOR can only be used in transaction blocks');
  return { kind: 'forward', sql: `DECLARE ${quoteName(name)} NO SCROLL CURSOR FOR ${translation.sql}` };
}

/** Reads `[direction] [FROM | IN] name`. */
function moving(verb: string, reader: StatementReader): string {
  const direction = readDirection(reader);
  const hasFrom = reader.oneOf('from', 'in') !== undefined;
  if (!hasFrom && direction === undefined && isWord(reader.token, 'backward', 'prior', 'last'))
    throw new StatementError(SQLSTATE.objectNotInPrerequisiteState, 'cursor can only scan forward');
  return `${verb.toUpperCase()} ${direction ?? 'NEXT'} FROM ${quoteName(reader.name())}`;
}

/** Reads how far to go forward; undefined when nothing says it. */
function readDirection(reader: StatementReader): string | undefined {
  const word = reader.oneOf('next', 'first', 'all', 'forward', 'absolute', 'relative');
  if (word === 'next' || word === 'first' || word === 'all') return word.toUpperCase();
  const isAll = word === 'forward' && reader.skip('all');
  if (isAll) return 'FORWARD ALL';
  const { token } = reader;
  if (token.kind !== 'number' || !/^\d+$/.test(token.value)) {
    if (word === 'absolute' || word === 'relative') throw reader.syntaxError();
    return word && 'FORWARD';
  }
  reader.at++;
  return `${(word ?? 'forward').toUpperCase()} ${token.value}`;
}

function closing(reader: StatementReader): string {
  return `CLOSE ${reader.skip('all') ? 'ALL' : quoteName(reader.name())}`;
}
