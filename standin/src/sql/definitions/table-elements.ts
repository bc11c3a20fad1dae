import { listItems } from '../text/brackets.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';

/**
 * Returns the elements of the list whose parenthesis is token `open`, each as a statement of its own, and the index
 * after the list.
 */
export function readElements(statement: Statement, open: number): { elements: Statement[]; after: number } {
  const { items, after } = listItems(statement.tokens, open);
  return { elements: items.map(({ from, to }) => substatement(statement, from, to)), after };
}

/** What an element of CREATE TABLE defines. */
type ElementKind = 'index' | 'family' | 'constraint' | 'like' | 'column';

/** Returns what an element of CREATE TABLE defines, judged by its first words. */
export function kindOfElement({ tokens: [first, second] }: Statement): ElementKind {
  if (isWord(first, 'index', 'inverted') || (isWord(first, 'unique') && isWord(second, 'index', 'inverted')))
    return isSign(second, '.') ? 'column' : 'index';
  if (isWord(first, 'family')) return 'family';
  if (isWord(first, 'like')) return 'like';
  if (isWord(first, 'constraint', 'primary', 'foreign', 'check') || (isWord(first, 'unique') && isSign(second, '(')))
    return 'constraint';
  return 'column';
}
