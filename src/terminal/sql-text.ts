/** A prompt of the SQL shell: of a statement's first line, with its database, and of a further line. */
const FIRST = /^[\w-]+@[\w.:[\]-]+\/"?([^"\s>]*)"?(?: +[A-Z]+\S*)?> /;
const FURTHER = /^ *-> /;
const QUOTE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\//g;

/** What is being typed into the SQL shell. */
export interface SqlText {
  /** Of the statement up to the cursor. */
  before: string;
  database: string;
}

/**
 * Reads it from the lines of the screen, the cursor's last, up to the cursor; undefined where no SQL shell waits for
 * it. Pure.
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

/** The last statement, with constants, quoted names and comments blanked out; undefined within one of these. Pure. */
export function openStatement(before: string): string | undefined {
  const blanked = before.replace(QUOTE, (quoted) => (quoted.startsWith('"') ? quoted : ' '.repeat(quoted.length)));
  const rest = blanked.replace(/"[^"]*"/g, '');
  if (/['"]|--|\/\*/.test(rest)) return undefined;
  return blanked.slice(blanked.lastIndexOf(';') + 1).trimStart();
}

/** The function whose arguments the cursor is in, and which of them, from 0. Pure. */
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
