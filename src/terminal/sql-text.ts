/** Prompts of the SQL shell: of a statement's first line, with the database, and of a further line. */
const FIRST = /^[\w-]+@[\w.:[\]-]+\/"?([^"\s>]*)"?(?: +[A-Z]+\S*)?> /;
const FURTHER = /^ *-> /;
const QUOTE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\//g;

/** The SQL that is being typed into the SQL shell. */
export interface SqlText {
  /** The statements' text up to the cursor. */
  before: string;
  database: string;
}

/**
 * Reads the typed SQL from the screen's lines, of which the last ends at the cursor. Returns undefined when no SQL
 * shell is waiting for input. Pure.
 */
export function sqlTextIn(lines: readonly string[]): SqlText | undefined {
  const typed: string[] = [];
  for (const line of lines.toReversed()) {
    const first = FIRST.exec(line);
    if (first) return { before: [line.slice(first[0].length), ...typed].join('\n'), database: first[1]! };
    const further = FURTHER.exec(line);
    if (!further) return undefined;
    typed.unshift(line.slice(further[0].length));
  }
  return undefined;
}

/**
 * Returns the last statement, with string literals and comments blanked out; undefined when the cursor is inside one of
 * these or inside a quoted name. Pure.
 */
export function openStatement(before: string): string | undefined {
  const blanked = before.replace(QUOTE, (quoted) => (quoted.startsWith('"') ? quoted : ' '.repeat(quoted.length)));
  const rest = blanked.replace(/"[^"]*"/g, '');
  if (/['"]|--|\/\*/.test(rest)) return undefined;
  return blanked.slice(blanked.lastIndexOf(';') + 1).trimStart();
}

/** Returns the function call around the cursor, and the index of the current argument. Pure. */
export function openCall(statement: string): { name: string; argument: number } | undefined {
  let depth = 0;
  let argument = 0;
  for (let at = statement.length - 1; at >= 0; at -= 1) {
    const sign = statement[at];
    if (sign === ')') depth += 1;
    else if (sign === ',' && depth === 0) argument += 1;
    else if (sign === '(') {
      if (depth === 0) {
        const name = /(\w+)\s*$/.exec(statement.slice(0, at))?.[1];
        return name === undefined ? undefined : { name: name.toLowerCase(), argument };
      }
      depth -= 1;
    }
  }
  return undefined;
}
