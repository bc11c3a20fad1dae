import type { CodeRange } from '../step/code-range.ts';

/** How CockroachDB shows where a statement failed: its text up to the end of that line, and a caret below. */
const SOURCE = /\bDETAIL: source SQL:\n([^]*?)\n( *)\^(?:\n|$)/;
const NAMED = /^ERROR: [^\n]*?"([^"\n]{1,100})"/m;
const MAX_CHARACTERS = 20_000;

/** String literals and comments, which cannot contain a name. Quoted identifiers are names. */
const TEXT = String.raw`e?'(?:[^']|'')*'|--[^\n]*|\/\*[^]*?\*\/|\$(\w*)\$[^]*?\$\1\$`;
const PIECE = new RegExp(String.raw`${TEXT}|"[^"]*"|;`, 'gi');

/**
 * Returns where in the statements a failure is, according to the printed error: the caret's position, or else the name
 * that the error has in quotes. The printed text is not trusted. `done` is how many statements succeeded before it.
 * Undefined when the error names no place. Pure.
 */
export function sqlErrorRange(statements: string, printed: string, done: number): CodeRange | undefined {
  const output = printed.slice(-MAX_CHARACTERS);
  const [, source, indent = ''] = SOURCE.exec(output) ?? [];
  if (source !== undefined) {
    const at = startOf(statements, source, done);
    if (at === undefined) return undefined;
    const line = source.lastIndexOf('\n') + 1;
    return wordAt(statements, at + line + afterBytes(source.slice(line), indent.length));
  }
  const name = NAMED.exec(output)?.[1];
  if (name === undefined) return undefined;
  const from = endsOf(statements)[done - 1] ?? 0;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const named = new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'iu');
  const rest = statements.slice(from);
  const bare = rest.replace(PIECE, (piece) => (/^[;"]/.test(piece) ? piece : ' '.repeat(piece.length)));
  const found = named.exec(bare) ?? named.exec(rest);
  return found ? { from: from + found.index, to: from + found.index + found[0].length } : undefined;
}

/** Returns where each statement ends, after its `;`. */
function endsOf(statements: string): number[] {
  return [...statements.matchAll(PIECE)].flatMap(({ 0: piece, index }) => (piece === ';' ? [index + 1] : []));
}

/**
 * Returns where a statement's text begins. Of several identical statements, returns the one with `done` statements
 * before it.
 */
function startOf(statements: string, source: string, done: number): number | undefined {
  const starts: number[] = [];
  for (let at = statements.indexOf(source); at >= 0; at = statements.indexOf(source, at + 1)) starts.push(at);
  const ends = endsOf(statements);
  return starts.find((start) => ends.filter((end) => end <= start).length === done) ?? starts[0];
}

/** Converts an offset in UTF-8 bytes, in which CockroachDB counts the caret's column, into an index into the line. */
function afterBytes(line: string, bytes: number): number {
  let [left, at] = [bytes, 0];
  for (const character of line) {
    left -= new TextEncoder().encode(character).length;
    if (left < 0) break;
    at += character.length;
  }
  return at;
}

function wordAt(text: string, at: number): CodeRange {
  const from = Math.max(0, Math.min(at, text.length - 1));
  const word = /^(?:[\p{L}\p{N}_$]+|\S)/u.exec(text.slice(from))?.[0] ?? '';
  return { from, to: from + Math.max(1, word.length) };
}
