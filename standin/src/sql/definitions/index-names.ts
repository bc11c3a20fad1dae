import { quoteName } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isWord } from '../text/tokens.ts';

/** PostgreSQL keeps this many bytes of a name. */
const MOST_BYTES = 63;
let count = 0;

/**
 * Returns a name for an index, or for the constraint of one, that no other object has: CockroachDB's is unique only to
 * its table. The stand-in's SQL objects take the mark away again where they can, and never show it
 * (`postgres/objects/index-names.sql`). With `isGenerated`, the name gets a number where the table has it already.
 *
 *     by_city  ->  by_city@#k1m2x3y4z5
 */
export function markedName(name: string, isGenerated = false): string {
  const mark = `${isGenerated ? '@##k' : '@#k'}${Date.now().toString(36)}${(count++).toString(36)}`;
  return Buffer.byteLength(name + mark) > MOST_BYTES ? name : name + mark;
}

/** Marks the names of primary keys and unique constraints in a definition. */
export function markConstraints({ tokens }: Statement, edits: Pick<TextEdits, 'replace'>): void {
  for (const [i, token] of tokens.entries()) {
    const name = tokens[i + 1];
    const isOfIndex = isWord(tokens[i + 2], 'primary', 'unique');
    if (isWord(token, 'constraint') && isName(name) && isOfIndex)
      edits.replace(name.start, name.end, quoteName(markedName(name.value)));
  }
}
