import { AFTER_LIST } from './clause-words.ts';
import { afterBracket } from './parentheses.ts';
import { isName, isSign, isWord, type Token } from './tokens.ts';

/** A table where it is named: in FROM, or as what a statement changes. */
export interface NamedTable {
  path: string[];
  /** The index of its first token, and the one after its name and index hint. */
  from: number;
  to: number;
  /** The token that qualifies its columns, and its index. */
  alias: Token;
  aliasAt: number;
  /** Whether the alias is not its own name. */
  isRenamed: boolean;
  /** Whether `*` takes it for something else: renamed columns, a number for each row, a join in parentheses. */
  isWrapped: boolean;
}

/** Words that may follow a source in FROM without being its alias. */
const AFTER_SOURCE = new Set([
  ...AFTER_LIST,
  ...`join inner left right full outer cross natural hash merge lookup inverted on using as with tablesample
  returning`.split(/\s+/),
]);
/** The same for a table that a statement changes. */
const AFTER_TARGET = new Set([...AFTER_SOURCE, 'set', 'values', 'default', 'select', 'table']);

/**
 * Reads the table whose name begins at token `from`; with `isTarget`, as what a statement changes. Undefined when no
 * name begins there.
 */
export function readTable(tokens: readonly Token[], from: number, isTarget = false): NamedTable | undefined {
  const path: string[] = [];
  let at = from;
  for (; isName(tokens[at]); at += 2) {
    path.push(tokens[at]!.value);
    if (!isSign(tokens[at + 1], '.')) break;
  }
  if (!path.length || !isName(tokens[at])) return undefined;
  let to = at + 1;
  if (isSign(tokens[to], '@')) to = isSign(tokens[to + 1], '{') ? afterBracket(tokens, to + 1) : to + 2;
  const hasNumbers = isNumbered(tokens, to);
  const named = aliasAt(tokens, hasNumbers ? to + 2 : to, isTarget ? AFTER_TARGET : AFTER_SOURCE);
  return {
    path,
    from,
    to,
    alias: tokens[named?.at ?? at]!,
    aliasAt: named?.at ?? at,
    isRenamed: named !== undefined || hasNumbers,
    isWrapped: hasNumbers || named?.hasColumns === true,
  };
}

/** Whether WITH ORDINALITY begins at token `at`. */
export function isNumbered(tokens: readonly Token[], at: number): boolean {
  return isWord(tokens[at], 'with') && isWord(tokens[at + 1], 'ordinality');
}

/** Finds the alias that begins at token `at`, with or without AS; a word in `others` is none. */
export function aliasAt(
  tokens: readonly Token[],
  at: number,
  others: ReadonlySet<string> = AFTER_SOURCE,
): { at: number; to: number; hasColumns: boolean } | undefined {
  const name = isWord(tokens[at], 'as') ? at + 1 : at;
  const token = tokens[name];
  if (!isName(token) || (token.kind === 'word' && others.has(token.value))) return undefined;
  const hasColumns = isSign(tokens[name + 1], '(');
  return { at: name, to: hasColumns ? afterBracket(tokens, name + 1) : name + 1, hasColumns };
}
