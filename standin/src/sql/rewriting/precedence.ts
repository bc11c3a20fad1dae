import { mentions } from '../text/mentions.ts';
import { bracketDepths } from '../text/brackets.ts';
import { operandEnd } from '../text/operands.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';

/** Operators between operands, by how strongly they bind, the weakest first (CockroachDB's grammar, sql.y). */
const LEVELS = ['|| -> ->> #> #>> #-', '|', '#', '& &&', '<< >>', '+ -', '* / // %', '^'];
const STRENGTH = new Map(LEVELS.flatMap((line, level) => line.split(' ').map((sign) => [sign, level] as const)));
/** Those that bind more strongly than any other operator in PostgreSQL, in the same order. */
const TIGHT = new Set('+ - * / % ^'.split(' '));
/** Operators that bind like comparisons here, and like any other operator in PostgreSQL. */
const COMPARING = new Set('~ !~ ~* !~* @> <@ ? ?| ?&'.split(' '));
const DIFFERENT = [...COMPARING, '//', '|', '#', '&', '&&', '<<', '>>'];

/** Keywords that are no operands, also before a parenthesis. */
const KEYWORDS = new Set(
  `select distinct on where and or not in any some all as from join using by having limit offset values set returning
  when then else end between symmetric like ilike similar to escape is with default check lateral union intersect except
  group order asc desc insert into update delete explain create table view add column`.split(/\s+/),
);

/** A part of an expression, by its tokens; `sign` is the operator of a part that has one. */
interface Part {
  from: number;
  to: number;
  sign?: string;
}

/**
 * Puts parts of expressions in parentheses whose operators bind otherwise than in PostgreSQL
 * (cockroachlabs.com/docs/v21.1/functions-and-operators#operators): there, all operators with other signs than those of
 * arithmetic are alike, and weaker than these.
 *
 *     SELECT 7 // 2 * 2, 5 | 1 << 2, ~a + 1, b ~ 'x' || c
 *     SELECT (7 // 2) * 2, 5 | (1 << 2), (~a) + 1, b ~ ('x' || c)
 */
export function rewritePrecedence({ tokens, translated }: Statement, edits: TextEdits): void {
  if (translated || !mentions(tokens, ...DIFFERENT)) return;
  const depths = bracketDepths(tokens);
  // By depth: up to where the tokens belong to an expression that is done.
  const done: number[] = [];
  const inner: Part[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const depth = depths[i]!;
    if (i >= (done[depth] ?? 0) && startsOperand(tokens[i])) done[depth] = rewriteChain(tokens, i, edits, inner);
  }
  // What is in CASE has the depth of the expression around it.
  for (let part = inner.pop(); part; part = inner.pop())
    for (let i = part.from + 1, next = 0; i < part.to - 1; i++)
      if (i >= next && depths[i] === depths[part.from] && startsOperand(tokens[i]))
        next = rewriteChain(tokens, i, edits, inner);
}

/** Rewrites the expression that begins at a token; returns where the next one may begin. `inner` receives its CASEs. */
function rewriteChain(tokens: readonly Token[], at: number, edits: TextEdits, inner: Part[]): number {
  const chain = new Chain(tokens, at, edits);
  const whole = chain.parse(0);
  if (COMPARING.has(tokens[at - 1]?.value ?? '') && isLoose(whole)) chain.wrap(whole);
  inner.push(...chain.cases);
  const next = tokens[chain.at];
  return chain.at + (next?.kind === 'sign' && COMPARING.has(next.value) ? 1 : 0);
}

function startsOperand(token: Token | undefined): boolean {
  if (token?.kind === 'sign') return ['(', '-', '+', '~', '|/', '||/'].includes(token.value);
  return token !== undefined && token.kind !== 'end' && !(token.kind === 'word' && KEYWORDS.has(token.value));
}

/** Whether PostgreSQL takes the operator of a part for one that is weaker than those of arithmetic. */
function isLoose({ sign }: Part): boolean {
  return sign !== undefined && !TIGHT.has(sign);
}

/** Operands with operators between them. */
class Chain {
  readonly #tokens: readonly Token[];
  readonly #edits: TextEdits;
  /** The next token. */
  at: number;
  /** The operands that are CASE. */
  readonly cases: Part[] = [];

  constructor(tokens: readonly Token[], at: number, edits: TextEdits) {
    this.#tokens = tokens;
    this.#edits = edits;
    this.at = at;
  }

  /** Reads as much as operators of this strength, and of greater strength, hold together. */
  parse(strength: number): Part {
    let left = this.#operand();
    for (;;) {
      const token = this.#tokens[this.at];
      const own = token?.kind === 'sign' ? STRENGTH.get(token.value) : undefined;
      if (own === undefined || own < strength || !startsOperand(this.#tokens[this.at + 1])) return left;
      const sign = token!.value;
      this.at++;
      const right = this.parse(own + 1);
      // Of operators that are alike, PostgreSQL begins with the left one.
      if (isLoose(left) && TIGHT.has(sign)) this.wrap(left);
      if (isLoose(right)) this.wrap(right);
      left = { from: left.from, to: right.to, sign };
    }
  }

  wrap({ from, to }: Part): void {
    this.#edits.insert(this.#tokens[from]!.start, '(');
    this.#edits.insert(this.#tokens[to - 1]!.end, ')');
  }

  #operand(): Part {
    const from = this.at;
    while (this.#tokens[this.at]?.kind === 'sign' && !isSign(this.#tokens[this.at], '(')) this.at++;
    const to = operandEnd(this.#tokens, this.at);
    if (isWord(this.#tokens[this.at], 'case')) this.cases.push({ from: this.at, to });
    const inverse = this.#tokens.slice(from, this.at).findIndex((token) => isSign(token, '~'));
    this.at = to;
    const next = this.#tokens[to];
    if (inverse >= 0 && next?.kind === 'sign' && TIGHT.has(next.value)) this.wrap({ from: from + inverse, to });
    return { from, to };
  }
}
