import { noRows, rowsOf, withoutRows, type VirtualTables } from './virtual-table.ts';

/** Of these PostgreSQL would tell its own. */
const EMPTY = [
  ...['amop', 'amproc', 'available_extension_versions', 'conversion', 'event_trigger', 'group', 'language', 'locks'],
  ...['opfamily', 'rules', 'ts_config', 'ts_config_map', 'ts_dict', 'ts_parser', 'ts_template'],
]
  .map((name) => `pg_catalog.pg_${name}`)
  .concat('information_schema.routines', 'information_schema.parameters');

/** Catalogs of PostgreSQL's that CockroachDB has only for programs that name them: without rows. */
export const COMPATIBILITY_TABLES: VirtualTables = {
  ...withoutRows(EMPTY),
  'pg_catalog.pg_tablespace': rowsOf(
    'oid OID, spcname NAME, spcowner OID, spclocation STRING, spcacl STRING[], spcoptions STRING[]',
    `
      SELECT oid, spcname, NULL::oid, NULL::text, NULL::text[], NULL::text[]
      FROM pg_catalog.pg_tablespace
      WHERE spcname = 'pg_default'`,
  ),
  'pg_catalog.pg_config': noRows('name STRING, setting STRING'),
  'pg_catalog.pg_file_settings': noRows(
    'sourcefile STRING, sourceline INT4, seqno INT4, name STRING, setting STRING, applied BOOL, error STRING',
  ),
  'pg_catalog.pg_hba_file_rules': noRows(
    'line_number INT4, type STRING, database STRING[], user_name STRING[], address STRING, netmask STRING, ' +
      'auth_method STRING, options STRING[], error STRING',
  ),
  'pg_catalog.pg_largeobject': noRows('loid OID, pageno INT4, data BYTES'),
  'pg_catalog.pg_shmem_allocations': noRows('name STRING, off INT8, size INT8, allocated_size INT8'),
  'pg_catalog.pg_subscription': noRows(
    'oid OID, subdbid OID, subname NAME, subowner OID, subenabled BOOL, subconninfo STRING, subslotname NAME, ' +
      'subsynccommit STRING, subpublications STRING[]',
  ),
  'pg_catalog.pg_user_mapping': noRows('oid OID, umuser OID, umserver OID, umoptions STRING[]'),
};
