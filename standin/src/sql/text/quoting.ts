/** Quotes a name for PostgreSQL: `a"b` becomes `"a""b"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a string for PostgreSQL: `it's` becomes `'it''s'`, and `a\b` becomes ` E'a\\b'`. */
export function quoteText(value: string): string {
  return value.includes('\\')
    ? ` E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${value.replaceAll("'", "''")}'`;
}

/** Quotes each name and joins them with commas. */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

/** Returns an array of type text[] with these elements. */
export function quoteArray(elements: readonly string[]): string {
  return `ARRAY[${elements.map(quoteText).join(', ')}]::text[]`;
}
