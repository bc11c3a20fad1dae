/**
 * An unterminated quote or comment extends to the end of the text, and the database then refuses it. Trying again from
 * each next character would let a reader block the server with 64 KiB of quotes. Backslashes escape only in E'…' and
 * b'…'.
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
 * Splits text into statements as the SQL shell does, which sends them one at a time: at semicolons outside of quotes,
 * dollar quotes and comments. Empty statements are left out; comments are kept.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let current = '';
  let isEmpty = true;
  const finish = (): void => {
    if (!isEmpty) statements.push(current.trim());
    current = '';
    isEmpty = true;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';') {
      finish();
      continue;
    }
    current += token;
    if (!token.startsWith('--') && !token.startsWith('/*') && token.trim() !== '') isEmpty = false;
  }
  finish();
  return statements;
}
