import { columnsOf } from '../../protocol/columns.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { closingBracket } from '../text/brackets.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isSign } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { requireDatabase, requireSameDatabase } from '../translation/lookups.ts';
import { resolveRelation } from '../translation/relation.ts';
import type { Forward, Local } from '../translation/translation.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';

/** What a new cluster of one node has configured for a zone; `ttl` are the seconds that old values are kept. */
function zone(target: string, ttl: number): string[] {
  const lines = [
    `ALTER ${target} CONFIGURE ZONE USING`,
    'range_min_bytes = 134217728,',
    'range_max_bytes = 536870912,',
    `gc.ttlseconds = ${ttl},`,
    'num_replicas = 1,',
    "constraints = '[]',",
    "lease_preferences = '[]'",
  ];
  return [target, lines.join('\n\t')];
}

const DEFAULT_ZONE = zone('RANGE default', 90_000);
/** The zones of a new cluster besides the default (its pkg/config/zonepb, v21.1). */
const ZONES = new Map([
  ['default', DEFAULT_ZONE],
  ['meta', zone('RANGE meta', 3600)],
  ['system', zone('RANGE system', 90_000)],
  ['liveness', zone('RANGE liveness', 600)],
]);
const SYSTEM_DATABASE = zone('DATABASE system', 90_000);
const ZONE_COLUMNS = columnsOf({ target: 'text', raw_config_sql: 'text' });

function zones(tag: string, rows: string[][]): Local {
  return {
    kind: 'local',
    columns: ZONE_COLUMNS,
    execute: () => ({ tag: `${tag} ${rows.length}`, columns: ZONE_COLUMNS, rows }),
  };
}

/**
 * SHOW ZONE CONFIGURATION and CONFIGURATIONS (cockroachlabs.com/docs/v21.1/show-zone-configurations). Zones cannot be
 * configured here, so they are those of a new cluster. Throws StatementError.
 */
const showZones: ShowReader = async (reader, context) => {
  if (reader.skip('zone', 'configurations') || reader.skip('all', 'zone', 'configurations')) {
    reader.expectEnd();
    return zones('SHOW ZONE CONFIGURATIONS', [...ZONES.values(), SYSTEM_DATABASE]);
  }
  if (!reader.skip('zone', 'configuration') || !(reader.skip('for') || reader.skip('from'))) return undefined;
  const row = await readZone(reader, context);
  reader.expectEnd();
  return zones('SHOW ZONE CONFIGURATION', [row]);
};

async function readZone(reader: StatementReader, context: Context): Promise<string[]> {
  if (reader.skip('range')) {
    const name = reader.name();
    const found = ZONES.get(name);
    if (found) return found;
    if (['tenants', 'timeseries'].includes(name)) return DEFAULT_ZONE;
    throw new StatementError(SQLSTATE.uncategorized, `"${name}" is not a built-in zone`);
  }
  if (reader.skip('database')) {
    const name = reader.name();
    await requireDatabase(context, name);
    return name === 'system' ? SYSTEM_DATABASE : DEFAULT_ZONE;
  }
  if (!reader.oneOf('table', 'index')) throw reader.syntaxError();
  await resolveRelation(context, reader.path());
  if (reader.skip('@')) reader.name();
  return DEFAULT_ZONE;
}

const RANGE = `
    NULL::text AS start_key,
    NULL::text AS end_key,
    c.oid::int8 AS range_id`;
const SIZE = '(crdb_standin.pg_total_relation_size(c.oid) / 1000000.0)::numeric(20, 6) AS range_size_mb';
const REPLICAS = `
    1::int8 AS lease_holder,
    ''::text AS lease_holder_locality,
    '{1}'::int8[] AS replicas,
    '{""}'::text[] AS replica_localities`;

const KEYS = { start_key: 'text', end_key: 'text', range_id: 'int8' } as const;
const HOLDERS = {
  lease_holder: 'int8',
  lease_holder_locality: 'text',
  replicas: 'int8Array',
  replica_localities: 'textArray',
} as const;

/**
 * SHOW RANGES and SHOW RANGE … FOR ROW (cockroachlabs.com/docs/v21.1/show-ranges, show-range-for-row). A table is one
 * range on the only node, as a small table is in CockroachDB. Throws StatementError.
 */
const showRanges: ShowReader = async (reader, context) => {
  reader.skip('experimental_ranges');
  const isOne = reader.skip('range', 'from');
  if (!isOne && !reader.skip('ranges', 'from') && !reader.skip('from')) return undefined;
  if (!isOne && reader.skip('database')) return rangesOfDatabase(reader, context);
  if (!reader.oneOf('table', 'index')) throw reader.syntaxError();
  const { oid } = await resolveRelation(context, reader.path());
  if (reader.skip('@')) reader.name();
  if (isOne) readRow(reader);
  reader.expectEnd();
  return {
    kind: 'forward',
    sql: `
      SELECT ${RANGE}, ${isOne ? '' : `${SIZE},`} ${REPLICAS}
      FROM pg_catalog.pg_class c
      WHERE c.oid = ${oid}`,
    tag: `SHOW RANGE${isOne ? '' : 'S'} {rows}`,
    columns: columnsOf({ ...KEYS, ...(!isOne && { range_size_mb: 'numeric' as const }), ...HOLDERS }),
  };
};

function readRow(reader: StatementReader): void {
  reader.expect('for', 'row');
  if (!isSign(reader.token, '(')) throw reader.syntaxError();
  reader.at = closingBracket(reader.statement.tokens, reader.at) + 1;
}

async function rangesOfDatabase(reader: StatementReader, context: Context): Promise<Forward> {
  const name = reader.name();
  reader.expectEnd();
  await requireSameDatabase(context, name);
  return {
    kind: 'forward',
    sql: `
      SELECT c.relname::text AS table_name, NULL::text AS index_name, ${RANGE}, ${SIZE}, ${REPLICAS}
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r'
        AND crdb_standin.is_client_schema(n.nspname)
      ORDER BY 1`,
    tag: 'SHOW RANGES {rows}',
    columns: columnsOf({ table_name: 'text', index_name: 'text', ...KEYS, range_size_mb: 'numeric', ...HOLDERS }),
  };
}

/** SHOW PARTITIONS (cockroachlabs.com/docs/v21.1/show-partitions): none, for tables cannot be partitioned here. */
const showPartitions: ShowReader = async (reader, context) => {
  if (!reader.skip('partitions', 'from')) return undefined;
  const kind = reader.oneOf('table', 'database', 'index');
  if (kind === undefined) throw reader.syntaxError();
  if (kind === 'database') await requireDatabase(context, reader.name());
  else await resolveRelation(context, reader.path());
  if (reader.skip('@') && !reader.skip('*')) reader.name();
  reader.expectEnd();
  const columns = columnsOf({
    database_name: 'text',
    table_name: 'text',
    partition_name: 'text',
    parent_partition: 'text',
    column_names: 'text',
    index_name: 'text',
    partition_value: 'text',
    zone_config: 'text',
    full_zone_config: 'text',
  });
  return { kind: 'local', columns, execute: () => ({ tag: 'SHOW PARTITIONS 0', columns, rows: [] }) };
};

/** `SHOW HISTOGRAM id`: the stand-in gathers no statistics, so there is none. */
const showHistogram: ShowReader = (reader) => {
  if (!reader.skip('histogram')) return undefined;
  if (reader.token.kind !== 'number') throw reader.syntaxError();
  throw new StatementError(SQLSTATE.uncategorized, `histogram ${reader.token.value} not found`);
};

/** `SHOW TRACE FOR SESSION` (cockroachlabs.com/docs/v21.1/show-trace): empty, because sessions cannot be traced. */
const showTrace: ShowReader = (reader) => {
  reader.skip('compact');
  const kind = reader.oneOf('trace', 'kv');
  if (!kind || (kind === 'kv' && !reader.skip('trace')) || !reader.skip('for', 'session')) return undefined;
  reader.expectEnd();
  const columns = columnsOf({
    timestamp: 'timestamptz',
    age: 'interval',
    message: 'text',
    tag: 'text',
    location: 'text',
    operation: 'text',
    span: 'int8',
  });
  return { kind: 'local', columns, execute: () => ({ tag: 'SHOW TRACE FOR SESSION 0', columns, rows: [] }) };
};

/** `SHOW SURVIVAL GOAL FROM DATABASE`: none, for a database has no regions here. */
const showSurvivalGoal: ShowReader = async (reader, context) => {
  if (!reader.skip('survival', 'goal', 'from', 'database')) return undefined;
  const name = reader.atEnd ? context.database : reader.name();
  reader.expectEnd();
  await requireDatabase(context, name);
  return {
    kind: 'forward',
    sql: `SELECT ${quoteText(name)}::text AS database, NULL::text AS survival_goal`,
    tag: 'SHOW SURVIVAL GOAL {rows}',
    columns: columnsOf({ database: 'text', survival_goal: 'text' }),
  };
};

/** The readers of SHOW for where and how data is kept. */
export const SHOW_STORAGE = {
  zones: showZones,
  ranges: showRanges,
  partitions: showPartitions,
  histogram: showHistogram,
  trace: showTrace,
  survivalGoal: showSurvivalGoal,
} satisfies Partial<ShowReaders>;
