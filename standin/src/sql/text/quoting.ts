/** A name as PostgreSQL takes it literally: `a"b` becomes `"a""b"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string constant with that value: `it's` becomes `'it''s'`, and `a\b` becomes ` E'a\\b'`. */
export function quoteText(value: string): string {
  return value.includes('\\')
    ? ` E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${value.replaceAll("'", "''")}'`;
}

/** Names as a list, each quoted. */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

/** An array of type text[] with these elements. */
export function quoteArray(elements: readonly string[]): string {
  return `ARRAY[${elements.map(quoteText).join(', ')}]::text[]`;
}
