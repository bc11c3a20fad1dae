/**
 * Whether SQL statements only read, judged by their first words, so that they can be run again without side effects.
 */
export function onlyReads(statements: string): boolean {
  return statements.split(';').every((statement) => /^\s*(?:$|(?:select|show|explain)\b)/i.test(statement));
}
