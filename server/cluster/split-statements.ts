const TOKEN = /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^'"$\-/;]+|[\s\S]/g;

/**
 * Splits text into its statements as the SQL shell does, which sends them one at a time: at semicolons outside of quotes,
 * dollar quotes and comments. Gives no empty statements; comments stay.
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
