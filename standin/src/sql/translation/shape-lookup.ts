import { quoteText } from '../text/quoting.ts';
import type { Context } from './context.ts';
import { localName } from './relation.ts';
import { keyOf, type IndexShape, type TableShapes } from './table-shape.ts';

/** Looks up the shapes of the tables with these qualified names. */
export async function lookUpShapes(paths: readonly string[][], context: Context): Promise<TableShapes> {
  const names = paths.map((path) => `(${quoteText(keyOf(path))}, ${quoteText(localName(context, path))})`);
  const rows = await context.query(shapesOf(names.join(', ')));
  return new Map(
    rows.map(([key, columns, hidden, indexes]) => [
      key!,
      {
        columns: JSON.parse(columns ?? '[]') as string[],
        hidden: JSON.parse(hidden ?? '[]') as string[],
        indexes: JSON.parse(indexes ?? '[]') as IndexShape[],
      },
    ]),
  );
}

function shapesOf(names: string): string {
  return `
    SELECT
      n.key,
      k.visible,
      k.hidden,
      (
        SELECT pg_catalog.json_agg(
          pg_catalog.json_strip_nulls(
            pg_catalog.json_build_object(
              'columns', k.columns,
              'isUnique', i.indisunique,
              'stored', k.stored,
              'shard', h.attname
            )
          )
          ORDER BY i.indisprimary DESC, i.indexrelid
        )
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = x.relam
        CROSS JOIN LATERAL (
          SELECT
            pg_catalog.json_agg(
              pg_catalog.json_build_object(
                'name', a.attname,
                'descending', i.indoption[p.place - 1] & 1 = 1,
                'nullable', NOT a.attnotnull
              )
              ORDER BY p.place
            ) FILTER (WHERE p.place <= i.indnkeyatts) AS columns,
            coalesce(pg_catalog.json_agg(a.attname) FILTER (WHERE p.place > i.indnkeyatts), '[]') AS stored
          FROM pg_catalog.generate_series(1, i.indnatts::pg_catalog.int4) AS p (place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.place - 1]
        ) AS k
        LEFT JOIN crdb.standin_notes n ON n.kind = 'shard' AND n.id = i.indexrelid
        LEFT JOIN pg_catalog.pg_attribute h
          ON h.attrelid = i.indrelid
          AND h.attnum::text = pg_catalog.btrim(n.note, E'\\x01')
        WHERE i.indrelid = t.oid
          AND m.amname = 'btree'
          AND i.indpred IS NULL
          AND i.indexprs IS NULL
      )
    FROM (VALUES ${names}) AS n (key, name)
    JOIN pg_catalog.pg_class t ON t.oid = crdb_standin.to_regclass(n.name)
    JOIN pg_catalog.pg_namespace s ON s.oid = t.relnamespace
    CROSS JOIN LATERAL (
      SELECT
        pg_catalog.json_agg(a.attname ORDER BY a.attnum) FILTER (WHERE NOT crdb.is_hidden(t.oid, a.attnum)) AS visible,
        pg_catalog.json_agg(a.attname ORDER BY a.attnum) FILTER (WHERE crdb.is_hidden(t.oid, a.attnum)) AS hidden
      FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = t.oid
        AND a.attnum > 0
        AND NOT a.attisdropped
    ) AS k
    WHERE t.relkind = 'r'
      AND (crdb_standin.is_client_schema(s.nspname) OR s.nspname ~ '^pg_temp')`;
}
