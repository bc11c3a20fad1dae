import { onceForTokens } from '../text/once-for-tokens.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { TableShape } from '../translation/table-shape.ts';
import type { NamedTable } from '../text/named-tables.ts';
import { scopesOf, tablesOf, type Range } from './scopes.ts';
import { starsIn } from './stars.ts';

/** Where each name is among the tokens, in order. */
const placesOfNames = onceForTokens((tokens): ReadonlyMap<string, number[]> => {
  const places = new Map<string, number[]>();
  for (const [i, token] of tokens.entries()) {
    if (!isName(token)) continue;
    const own = places.get(token.value);
    if (own) own.push(i);
    else places.set(token.value, [i]);
  }
  return places;
});

/** The indexes of the tokens that are no columns: names of tables and their aliases, and those before stars. */
const tokensOfTables = onceForTokens((tokens): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const scope of scopesOf(tokens)) {
    for (const { from, to, aliasAt } of tablesOf(scope)) {
      for (let i = from; i < to; i++) found.add(i);
      found.add(aliasAt);
    }
    for (const star of scope.list ? starsIn(tokens, scope.list) : [])
      for (let i = star.from; i < star.to; i++) found.add(i);
  }
  return found;
});

interface Rows {
  alone: number[];
  starred: number[];
}

/** Where names mean whole rows, as far as it was asked. */
const rowsOfNames = onceForTokens(() => new Map<string, Rows>());

/** Where a name can mean a whole row, as in `to_json(t)`, `(t).a` and `count(t.*)`; in doubt it can. */
function rowsOf(tokens: readonly Token[], name: string): Rows {
  const known = rowsOfNames(tokens).get(name);
  if (known) return known;
  const ofTables = tokensOfTables(tokens);
  const used = (placesOfNames(tokens).get(name) ?? []).filter(
    (at) => !ofTables.has(at) && !isWord(tokens[at - 1], 'as', 'of') && !isSign(tokens[at + 1], '('),
  );
  const isQualifier = (at: number): boolean => isSign(tokens[at + 1], '.');
  const rows = {
    alone: used.filter((at) => !isQualifier(at) && !isSign(tokens[at - 1], '.')),
    starred: used.filter((at) => isQualifier(at) && isSign(tokens[at + 2], '*')),
  };
  rowsOfNames(tokens).set(name, rows);
  return rows;
}

/** Whether one of these places, which are in order, is in the range. */
function someIn(places: readonly number[], { from, to }: Range): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < places.length && places[low]! < to;
}

/** Whether a whole row of a table is used in a range of tokens. A name that is also one of its columns means that. */
export function usesWholeRow(
  tokens: readonly Token[],
  range: Range,
  { alias }: NamedTable,
  { columns }: TableShape,
): boolean {
  const { alone, starred } = rowsOf(tokens, alias.value);
  return someIn(starred, range) || (someIn(alone, range) && !columns.includes(alias.value));
}

/** Whether a range names a hidden column of a table. In doubt it does: without a qualifier, any table may be meant. */
export function namesHidden(
  tokens: readonly Token[],
  { from, to }: Range,
  { alias }: NamedTable,
  { hidden }: TableShape,
): boolean {
  return hidden.some((name) =>
    placesOfNames(tokens)
      .get(name)
      ?.some((at) => {
        if (at < from || at >= to || isSign(tokens[at + 1], '(')) return false;
        return !isSign(tokens[at - 1], '.') || tokens[at - 2]?.value === alias.value;
      }),
  );
}
