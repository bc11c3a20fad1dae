import { bracketDepths } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { isSign } from '../text/tokens.ts';

/** Returns the ranges of the tokens of each action of an ALTER TABLE, whose actions begin at token `from`. */
export function actionRanges({ tokens }: Statement, from: number): [number, number][] {
  const depths = bracketDepths(tokens);
  const end = tokens.length - 1;
  const ends = [...tokens.keys()].filter((i) => i > from && i < end && depths[i] === 0 && isSign(tokens[i], ','));
  return [...ends, end].map((to, i) => [i === 0 ? from : ends[i - 1]! + 1, to]);
}
