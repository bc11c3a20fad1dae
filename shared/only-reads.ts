/** Whether SQL statements may be run as often as one likes, for all that their text says. */
export function onlyReads(statements: string): boolean {
  return statements.split(';').every((statement) => /^\s*(?:$|(?:select|show|explain)\b)/i.test(statement));
}
