import { parseStatement, type Statement } from '../text/statement.ts';
import { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** Keywords before a parenthesis that is an expression, and not the arguments of a call. */
const BEFORE_EXPRESSION =
  `select distinct all where by having and or not on when then else case between in like ilike limit offset returning
  values as is set from`.split(/\s+/);

/**
 * Writes tuples of one field as PostgreSQL does (cockroachlabs.com/docs/v21.1/scalar-expressions#tuple-constructors).
 *
 *     SELECT (a,), ((b,) AS x)
 *     SELECT ROW(a), (ROW(b) AS x)
 */
export function expandSingleTuples(statement: Statement): Statement {
  const { tokens, source, translated } = statement;
  if (!tokens.some((token, i) => isSign(token, ',') && isSign(tokens[i + 1], ')'))) return statement;
  const edits = new TextEdits(source);
  const opened: { at: number; commas: number }[] = [];
  for (const [i, token] of tokens.entries()) {
    if (isSign(token, '(') || isSign(token, '[')) opened.push({ at: i, commas: 0 });
    else if (isSign(token, ',')) (opened.at(-1) ?? { commas: 0 }).commas++;
    if (!isSign(token, ')') && !isSign(token, ']')) continue;
    const { at = 0, commas = 0 } = opened.pop() ?? {};
    const comma = tokens[i - 1]!;
    if (commas !== 1 || at + 2 >= i || !isSign(comma, ',') || !isSign(token, ')') || !beginsExpression(tokens[at - 1]))
      continue;
    edits.insert(tokens[at]!.start, 'ROW');
    edits.replace(comma.start, comma.end, '');
  }
  return { ...parseStatement(edits.apply()), translated };
}

function beginsExpression(before: Token | undefined): boolean {
  if (before?.kind === 'sign') return ![')', ']', '.'].includes(before.value);
  return !isName(before) || isWord(before, ...BEFORE_EXPRESSION);
}
