import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { OVERLOADED, type Overloaded } from './overloaded-functions.ts';

/** How deep calls may be nested in a call that is NULL. Deeper ones are left to PostgreSQL, so that time is bounded. */
const MAX_DEPTH = 20;

/** A call of an overloaded function with NULL. */
interface NullCall extends Overloaded {
  /** The first argument that is NULL, as a range of tokens without its end. */
  from: number;
  to: number;
  /** The index after the call, when all arguments are constants: only then nothing in it can fail. */
  after?: number;
}

/**
 * Lets NULL be an argument where several forms of a function take it. CockroachDB's result is NULL then; PostgreSQL
 * cannot choose. As an argument of another call, the call becomes NULL, which has no type, as in CockroachDB; elsewhere
 * it is left there, because it gives its name to the column.
 *
 *     SELECT sqrt(NULL), COALESCE(a, abs(NULL)), pg_typeof(NULL)
 *     SELECT sqrt(NULL::numeric), COALESCE(a, NULL), pg_typeof(NULL::pg_catalog.tid)
 */
export function rewriteNullArguments({ tokens }: Statement, edits: TextEdits): void {
  if (!tokens.some((token) => isWord(token, 'null'))) return;
  const brackets: number[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    if (isSign(token, '(')) brackets.push(i);
    if (isSign(token, ')')) brackets.pop();
    const call = isName(token) ? readCall(tokens, i, 0) : undefined;
    if (!call) continue;
    if (call.isStrict && call.after && isItem(tokens, brackets.at(-1), i, call.after)) {
      replace(tokens, i, call.after, 'NULL', edits);
      i = call.after - 1;
    } else {
      replace(tokens, call.from, call.to, `NULL::${call.type}`, edits);
      brackets.push(i + 1);
      i = call.to - 1;
    }
  }
}

function replace(tokens: Token[], from: number, to: number, text: string, edits: TextEdits): void {
  const end = tokens[to - 1]!.end;
  edits.remove(tokens[from]!.start, end);
  edits.insert(end, text);
}

/** Whether the tokens are a whole item of a list in brackets that belong to a word, but not to FROM. */
function isItem(tokens: Token[], bracket: number | undefined, from: number, to: number): boolean {
  if (bracket === undefined || !isName(tokens[bracket - 1]) || isWord(tokens[bracket - 1], 'from')) return false;
  if (isWord(tokens[bracket + 1], 'select', 'with', 'values')) return false;
  return [',', '('].some((sign) => isSign(tokens[from - 1], sign)) && endsArgument(tokens[to]);
}

function endsArgument(token: Token | undefined): boolean {
  return isSign(token, ',') || isSign(token, ')');
}

/** Reads a call whose function's name is token `at`, if its form cannot be told for a NULL among its arguments. */
function readCall(tokens: Token[], at: number, depth: number): NullCall | undefined {
  const found = OVERLOADED.get(tokens[at]!.value);
  if (!found || depth > MAX_DEPTH || !isSign(tokens[at + 1], '(') || isSign(tokens[at - 1], '.')) return undefined;
  let first: { from: number; to: number } | undefined;
  let count = 0;
  for (let from = at + 2; ; count += 1) {
    const argument = readConstant(tokens, from, depth);
    if (!argument) return first && found.decides === 'first' ? { ...found, ...first } : undefined;
    const { to } = argument;
    if (argument.isNull) first ??= { from, to };
    if (!first && found.decides === 'first') return undefined;
    if (isSign(tokens[to], ')')) {
      const takesAll = first && found.counts.includes(count + 1);
      return takesAll ? { ...found, ...first!, after: to + 1 } : undefined;
    }
    from = to + 1;
  }
}

/** Reads an argument that is NULL, a number, or a call that is NULL. */
function readConstant(tokens: Token[], from: number, depth: number): { to: number; isNull: boolean } | undefined {
  const token = tokens[from];
  if (endsArgument(tokens[from + 1]) && (isWord(token, 'null') || token?.kind === 'number'))
    return { to: from + 1, isNull: isWord(token, 'null') };
  const call = isName(token) ? readCall(tokens, from, depth + 1) : undefined;
  return call?.isStrict && call.after && endsArgument(tokens[call.after])
    ? { to: call.after, isNull: true }
    : undefined;
}
