import { typeFamily } from '../../catalog/type-families.ts';
import { bracketDepths, topLevelWord } from '../text/brackets.ts';
import { onceForTokens } from '../text/once-for-tokens.ts';
import { precedingWordOutward } from '../text/preceding-words.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';

/**
 * Returns the exponent of a decimal constant that CockroachDB keeps and prints with it, as `1e3`, `1.25e+5` and
 * `'1e3'::DECIMAL`; 0 for any other token. PostgreSQL's decimals have no positive exponents.
 */
function positiveExponent(tokens: readonly Token[], at: number): number {
  const { kind, value } = tokens[at]!;
  const text =
    kind === 'number' ? value : kind === 'string' && castAt(tokens, at) === 'decimal' ? value.slice(1, -1) : '';
  if (!/[eE]/.test(text)) return 0;
  const [, decimals = '', exponent] = /^\d*\.?(\d*)[eE]([-+]?\d+)$/.exec(text) ?? [];
  return exponent !== undefined ? Math.max(0, Number(exponent) - decimals.length) : 0;
}

/** The family of the type that a constant is cast to, without a precision; undefined when it is not cast. */
function castAt(tokens: readonly Token[], at: number): string | undefined {
  const isCast = isSign(tokens[at + 1], '::') || isSign(tokens[at + 1], ':::');
  if (!isCast) return undefined;
  return isSign(tokens[at + 3], '(') ? '' : typeFamily(tokens[at + 2]?.value ?? '');
}

/**
 * Whether a constant has an exponent that PostgreSQL would not print: it has a positive one, is not a whole item of
 * SELECT, is not cast to another number, and is not in a condition.
 */
export function losesExponent(tokens: readonly Token[], at: number): boolean {
  const exponent = positiveExponent(tokens, at);
  const cast = castAt(tokens, at);
  if (exponent === 0 || (cast !== undefined && cast !== 'decimal' && cast !== 'string')) return false;
  if (cast === 'string') return true;
  if (exponent <= LARGEST_EXPONENT && isItem(tokens, at)) return false;
  return !isWord(tokens[clauseWord(tokens, at)], ...CONDITIONS);
}

const CONDITIONS = ['where', 'having', 'on'];
const clauseWord = precedingWordOutward([...CONDITIONS, 'select', 'values', 'from', 'returning', 'set', 'by']);

/** PostgreSQL's limit of a scale. */
const LARGEST_EXPONENT = 1000;

/** Whether a constant, perhaps with its cast, is a whole item of the statement's own SELECT. */
function isItem(tokens: readonly Token[], at: number): boolean {
  const isCast = castAt(tokens, at) !== undefined;
  const first = isSign(tokens[at - 1], '-') && !isCast ? at - 1 : at;
  const next = tokens[at + (isCast ? 3 : 1)];
  return (
    (first === 1 || isSign(tokens[first - 1], ',')) &&
    (next?.kind === 'end' || isSign(next, ',') || isWord(next, 'as', 'from', 'where', 'limit')) &&
    bracketDepths(tokens)[at] === 0 &&
    at < listEnd(tokens)
  );
}

/** Where the list of the statement's own SELECT ends; 0 when it is not the only one. */
const listEnd = onceForTokens((tokens): number => {
  const isOnly = isWord(tokens[0], 'select') && topLevelWord(tokens, ['union', 'intersect', 'except']) < 0;
  const from = topLevelWord(tokens, ['from']);
  if (!isOnly) return 0;
  return from < 0 ? tokens.length : from;
});

/**
 * Has PostgreSQL report the exponent of a constant as a negative scale, with which results/number-texts.ts prints it
 * (cockroachlabs.com/docs/stable/sql-constants#numeric-literals).
 *
 *     SELECT 1.5e10, '1e3'::DECIMAL
 *     SELECT 1.5e10::numeric(1000,-9) AS "?column?", '1e3'::numeric(1000,-3)
 */
export function rewriteExponents({ tokens }: Statement, edits: TextEdits): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const exponent = positiveExponent(tokens, i);
    if (exponent === 0 || exponent > LARGEST_EXPONENT || !isItem(tokens, i)) continue;
    const cast = castAt(tokens, i);
    if (cast === 'decimal') edits.insert(tokens[i + 2]!.end, `(1000,-${exponent})`);
    if (cast !== undefined) continue;
    const sign = tokens[i - 1];
    const isNegative = isSign(sign, '-');
    if (isNegative) edits.insert(sign!.start, '(');
    const name = isWord(tokens[i + 1], 'as') ? '' : ' AS "?column?"';
    edits.insert(token.end, `${isNegative ? ')' : ''}::numeric(1000,-${exponent})${name}`);
  }
}
