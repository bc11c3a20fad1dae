/**
 * What is unfinished reaches to the end, and is left to the database to refuse: were it tried again from each next
 * character, a reader could hold up the server with 64 KiB of quotes. A backslash escapes only in E'…' and b'…'.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<=(?:^|[^\w$])[eEbB])'(?:[^'\\]|''|\\[\s\S])*(?:'|\\?$)`,
    String.raw`'(?:[^']|'')*(?:'|$)`,
    String.raw`"(?:[^"]|"")*(?:"|$)`,
    String.raw`\$((?:[A-Za-z_]\w*)?)\$[\s\S]*?(?:\$\1\$|$)`,
    String.raw`--[^\n]*`,
    String.raw`\/\*[\s\S]*?(?:\*\/|$)`,
    String.raw`[^'"$\-/;]+`,
    String.raw`[\s\S]`,
  ].join('|'),
  'g',
);

/**
 * Splits text into its statements as the SQL shell does, which sends them one at a time: at semicolons outside of
 * quotes, dollar quotes and comments. Gives no empty statements; comments stay.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let current = '';
  let substance = false;
  const finish = (): void => {
    if (substance) statements.push(current.trim());
    current = '';
    substance = false;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';') {
      finish();
      continue;
    }
    current += token;
    if (!token.startsWith('--') && !token.startsWith('/*') && token.trim() !== '') substance = true;
  }
  finish();
  return statements;
}
