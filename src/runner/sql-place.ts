import type { Place } from './places.ts';

/** How CockroachDB shows where a statement went wrong: its text up to the end of that line, and a caret below. */
const SOURCE = /\bDETAIL: source SQL:\n([^]*?)\n( *)\^(?:\n|$)/;
const NAMED = /^ERROR: [^\n]*?"([^"\n]{1,100})"/m;
const MAX_CHARACTERS = 20_000;

/**
 * Where in the statements a failure is, by what was printed of it, of which nothing is trusted: where the caret is, else the name that the
 * error has in quotes. `done` is how many statements went well before. Undefined where it says nothing of a place. Pure.
 */
export function sqlPlace(statements: string, printed: string, done: number): Place | undefined {
  const output = printed.slice(-MAX_CHARACTERS);
  const [, source, indent = ''] = SOURCE.exec(output) ?? [];
  if (source !== undefined) {
    const at = startOf(statements, source, done);
    if (at === undefined) return undefined;
    return wordAt(statements, at + source.lastIndexOf('\n') + 1 + indent.length);
  }
  const name = NAMED.exec(output)?.[1];
  const from = statements.split(';').slice(0, done).join(';').length;
  if (name === undefined) return undefined;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'i').exec(statements.slice(from));
  return found ? { from: from + found.index, to: from + found.index + name.length } : undefined;
}

/** Where a statement's text begins; of several alike the one that has as many statements before it as were done. */
function startOf(statements: string, source: string, done: number): number | undefined {
  const starts: number[] = [];
  for (let at = statements.indexOf(source); at >= 0; at = statements.indexOf(source, at + 1)) starts.push(at);
  return starts.find((at) => statements.slice(0, at).split(';').length - 1 === done) ?? starts[0];
}

function wordAt(text: string, at: number): Place {
  const from = Math.max(0, Math.min(at, text.length - 1));
  const word = /^(?:[\w$]+|[^\s])/.exec(text.slice(from))?.[0] ?? '';
  return { from, to: from + Math.max(1, word.length) };
}
