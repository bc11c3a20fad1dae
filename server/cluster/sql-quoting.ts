/**
 * Words that need quotation marks when they are names: CockroachDB's reserved words and those for functions, types and
 * columns (cockroachlabs.com/docs/stable/sql-grammar), and PostgreSQL's. Quoting a word without need does no harm.
 */
const KEYWORDS = new Set(
  `
    all analyse analyze and annotate_type any array as asc asymmetric authorization between bigint binary bit
    boolean both box2d case cast char character characteristics check coalesce collate collation column concurrently
    constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp
    current_user dec decimal default deferrable desc distinct do else end except exists extract extract_duration
    false family fetch float for foreign freeze from full geography geometry grant greatest group grouping having if
    iferror ifnull ilike in index initially inner inout int integer intersect interval into is iserror isnull join
    json_table lateral leading least left like limit localtime localtimestamp merge_action natural nchar none
    normalize not nothing notnull null nullif numeric offset on only or order out outer overlaps overlay placing
    point polygon position precision primary real references returning right row select session_user setof similar
    smallint some string substring symmetric system_user table tablesample then time timestamp timestamptz timetz to
    trailing treat trim true union unique user using values varbit varchar variadic verbose virtual when where
    window with work
  `
    .trim()
    .split(/\s+/),
);
/** Names that mean the same with and without quotation marks. */
const PLAIN = /^[a-z_][a-z0-9_]*$/;

/**
 * Returns a name for use in a statement: its parts, each quoted if necessary, joined by dots. Safe for any text.
 */
export function sqlName(...parts: string[]): string {
  return parts
    .map((part) => (PLAIN.test(part) && !KEYWORDS.has(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.');
}

/** Returns a string literal for use in a statement. Safe for any text: backslashes have no special meaning in it. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
