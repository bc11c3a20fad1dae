import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { columnsOf } from '../../protocol/columns.ts';
import { quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import type { Forward, Translation } from '../translation/translation.ts';

/** What EXPLAIN may be asked for: an option of PostgreSQL's, or `undefined` for what the stand-in does not have. */
const OPTIONS = new Map<string, string | undefined>([
  ['plan', ''],
  ['types', ', VERBOSE'],
  ['verbose', ', VERBOSE'],
  ['opt', undefined],
  ['distsql', undefined],
  ['vec', undefined],
  ['env', undefined],
  ['debug', undefined],
  ['catalog', undefined],
]);
/** The statements that PostgreSQL has plans for. */
const PLANNED = '( select values table with insert upsert update delete show'.split(' ');
const COLUMNS = columnsOf({ info: 'text' });

/**
 * EXPLAIN and EXPLAIN ANALYZE (cockroachlabs.com/docs/stable/explain): PostgreSQL's plan, in a column with
 * CockroachDB's name; of a definition, which has no plan in PostgreSQL, what it is. Throws StatementError for a
 * statement that the stand-in carries out itself.
 *
 *     EXPLAIN (VERBOSE) SELECT x::STRING FROM t
 *     EXPLAIN (COSTS off, VERBOSE) SELECT x::text FROM t
 */
export async function translateExplain(statement: Statement, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  reader.expect('explain');
  const analyze = reader.oneOf('analyze', 'analyse') !== undefined;
  if (!analyze && reader.skip('(', 'opt', ')')) return await explainScan(statement, reader.at, context);
  const isList = isSign(reader.token, '(') && !isWord(reader.peek(1), ...PLANNED);
  const options = isList ? readOptions(reader) : '';
  const inner = { ...substatement(statement, reader.at, statement.tokens.length - 1), isExplained: true };
  const tag = `EXPLAIN${analyze ? ' ANALYZE' : ''} {rows}`;
  const isPlanned = PLANNED.includes(inner.tokens[0]?.value ?? '');
  if (!isPlanned) {
    if (analyze) throw notSupported('EXPLAIN ANALYZE of this statement');
    // Translating it finds errors, but in a transaction also notes what it would change.
    if (context.session.transaction.state === 'none') await context.session.translate(inner, context);
    return { kind: 'forward', sql: planOfDefinition(inner), tag, columns: COLUMNS };
  }
  const translation = await context.session.translate(inner, context);
  if (translation.kind !== 'forward') throw notSupported('EXPLAIN of this statement');
  return planned(translation, `COSTS off${analyze ? ', ANALYZE, TIMING off, BUFFERS off' : ''}${options}`, tag);
}

/**
 * EXPLAIN (OPT): the optimizer's plan of a whole table, which needs no optimizer. Throws StatementError (notSupported)
 * for any other statement.
 */
async function explainScan(statement: Statement, at: number, context: Context): Promise<Forward> {
  const reader = new StatementReader(statement);
  reader.at = at;
  if (!reader.skip('select', '*', 'from')) throw notSupported('EXPLAIN (OPT) of this statement');
  const path = reader.path();
  if (!reader.atEnd) throw notSupported('EXPLAIN (OPT) of this statement');
  const { kind } = await resolveRelation(context, path);
  if (kind !== 'r') throw notSupported('EXPLAIN (OPT) of this statement');
  const sql = `SELECT ${quoteText(`scan ${path.at(-1)}`)}::text AS info`;
  return { kind: 'forward', sql, tag: 'EXPLAIN {rows}', columns: COLUMNS };
}

function planned(translation: Translation & { kind: 'forward' }, options: string, tag: string): Forward {
  return {
    ...translation,
    sql: `EXPLAIN (${options}) ${translation.sql}`,
    tag,
    columns: COLUMNS,
    original: undefined,
  };
}

/** Reads the list of options. Returns them as PostgreSQL's. Throws StatementError. */
function readOptions(reader: StatementReader): string {
  reader.expect('(');
  let options = '';
  do {
    const name = reader.name();
    if (name === 'format') throw reader.syntaxError();
    if (!OPTIONS.has(name)) throw unknownOption(name);
    const option = OPTIONS.get(name);
    if (option === undefined) throw notSupported(`EXPLAIN (${name.toUpperCase()})`);
    if (!options.includes(option)) options += option;
  } while (reader.skip(','));
  reader.expect(')');
  return options;
}

function unknownOption(option: string): StatementError {
  return new StatementError(
    SQLSTATE.syntaxError,
    `at or near "EOF": syntax error: unsupported EXPLAIN option: ${option.toUpperCase()}`,
  );
}

/** Returns a query for what CockroachDB shows of a definition: its first words, as in `create table`. */
function planOfDefinition({ tokens }: Statement): string {
  const words = tokens.slice(0, 2).flatMap(({ kind, value }) => (kind === 'word' ? [value] : []));
  const lines = ['distribution: local', 'vectorized: true', '', `• ${words.join(' ')}`];
  const rows = lines.map((line, i) => `(${i}, ${quoteText(line)})`);
  return `SELECT info FROM (VALUES ${rows.join(', ')}) AS plan (n, info) ORDER BY n`;
}
