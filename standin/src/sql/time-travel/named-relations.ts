import type { Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

const SHOWS_SCHEMA =
  `tables columns create databases schemas sequences index indexes keys constraints grants users roles
  types enums`.split(/\s+/);

/** What a statement reads of the database, as far as its text tells. */
interface NamedRelations {
  paths: string[][];
  /** Whether it reads any data or definitions. */
  readsAny: boolean;
}

/** Finds the relations that a query names after FROM and JOIN, and in their lists. */
export function namedRelations({ tokens }: Statement): NamedRelations {
  const paths: string[][] = [];
  let readsAny = isWord(tokens[0], 'show') && isWord(tokens[1], ...SHOWS_SCHEMA);
  let inList = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isWord(token, 'from', 'join', 'table')) inList = true;
    else if (isWord(token, 'where', 'group', 'order', 'limit', 'select', 'on', 'using') || isSign(token, ')'))
      inList = false;
    const begins = isWord(token, 'from', 'join', 'table') || (inList && isSign(token, ','));
    if (!begins) continue;
    const path = pathAt(tokens, i + 1);
    if (path.length) paths.push(path);
    readsAny ||= path.length > 0 || isSign(tokens[i + 1], '[');
  }
  return { paths, readsAny };
}

/** Returns the parts of the name at that token; none for a subquery or a function. */
function pathAt(tokens: readonly Token[], start: number): string[] {
  const parts: string[] = [];
  for (let at = start; isName(tokens[at]); at += 2) {
    parts.push(tokens[at]!.value);
    if (!isSign(tokens[at + 1], '.')) return isSign(tokens[at + 1], '(') ? [] : parts;
  }
  return parts;
}
