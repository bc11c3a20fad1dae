import { bracketDepths, closingBracket } from '../text/brackets.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** What may follow the clause. */
const AFTER = 'where group having window order limit offset fetch for union intersect except returning'.split(' ');

/** A statement without its AS OF SYSTEM TIME, and the expression that says when. */
interface AsOf {
  statement: Statement;
  when: Statement;
}

/** Whether `AS OF SYSTEM TIME` begins at that token. */
export function beginsAsOf(tokens: readonly Token[], at: number): boolean {
  return (
    isWord(tokens[at], 'as') &&
    isWord(tokens[at + 1], 'of') &&
    isWord(tokens[at + 2], 'system') &&
    isWord(tokens[at + 3], 'time')
  );
}

/**
 * Takes AS OF SYSTEM TIME from a SELECT (cockroachlabs.com/docs/stable/as-of-system-time), also of one that EXPLAIN
 * explains. The same clause in its subqueries goes as well. Undefined when the statement itself has none: then one in a
 * subquery is an error. Its place is left blank, so that positions in the text stay.
 *
 *     SELECT * FROM t AS OF SYSTEM TIME '-1s' WHERE a > 1
 *     SELECT * FROM t                         WHERE a > 1        and '-1s'
 */
export function takeAsOf(statement: Statement): AsOf | undefined {
  const { tokens } = statement;
  // Most statements have no such clause: they should not pay for it.
  if (!mentions(tokens, 'system')) return undefined;
  const clause = ownClause(tokens);
  if (!clause) return undefined;
  const when = substatement(statement, clause.from + 4, clause.to);
  let rest = blanked(statement, clause);
  for (let at = rest.tokens.findIndex((_, i) => beginsAsOf(rest.tokens, i)); at >= 0;) {
    const inner = { from: at, to: clauseEnd(rest.tokens, bracketDepths(rest.tokens), at) };
    const isSame = substatement(rest, inner.from + 4, inner.to).source === when.source;
    if (isSame) rest = blanked(rest, inner);
    const from = isSame ? at : at + 1;
    at = rest.tokens.findIndex((_, i) => i >= from && beginsAsOf(rest.tokens, i));
  }
  return { statement: rest, when };
}

/** Returns the index after the expression of the clause that begins at token `at`. */
export function clauseEnd(tokens: readonly Token[], depths: readonly number[], at: number): number {
  const depth = depths[at]!;
  return tokens.findIndex((token, i) => {
    if (i <= at + 3) return false;
    const ends = isWord(token, ...AFTER) || isSign(token, ',');
    return token.kind === 'end' || depths[i]! < depth || (depths[i] === depth && ends);
  });
}

interface Range {
  from: number;
  to: number;
}

/** Returns the clause of the statement's own SELECT: not one in a subquery, and none of a union. */
function ownClause(tokens: Token[]): Range | undefined {
  const depths = bracketDepths(tokens);
  let at = 0;
  if (isWord(tokens[at], 'explain')) {
    at++;
    if (isWord(tokens[at], 'analyze', 'analyse')) at++;
    if (isSign(tokens[at], '(') && !isWord(tokens[at + 1], 'select', 'with')) at = closingBracket(tokens, at) + 1;
  }
  while (isSign(tokens[at], '(')) at++;
  const depth = isSign(tokens[at - 1], '(') ? depths[at]! : 0;
  const here = (...words: string[]): number =>
    tokens.findIndex((token, i) => i >= at && depths[i] === depth && isWord(token, ...words));
  if (!isWord(tokens[at], 'select', 'with') || here('union', 'intersect', 'except') >= 0) return undefined;
  const select = here('select', 'insert', 'update', 'delete', 'upsert');
  if (!isWord(tokens[select], 'select')) return undefined;
  const from = tokens.findIndex((_, i) => i > select && depths[i] === depth && beginsAsOf(tokens, i));
  return from < 0 ? undefined : { from, to: clauseEnd(tokens, depths, from) };
}

function blanked({ source, written = source, tokens }: Statement, { from, to }: Range): Statement {
  const start = tokens[from]!.start;
  const end = tokens[to - 1]!.end;
  return {
    source: source.slice(0, start) + ' '.repeat(end - start) + source.slice(end),
    written,
    tokens: [...tokens.slice(0, from), ...tokens.slice(to)],
  };
}
