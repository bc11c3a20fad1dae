import { notSupported } from '../../protocol/statement-error.ts';
import { listItems } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/**
 * Rewrites tests and annotations of types (cockroachlabs.com/docs/stable/scalar-expressions#type-annotations), and
 * tests for NaN. Throws StatementError for IFERROR and ISERROR, which would have to catch errors.
 *
 *     SELECT a IS OF (INT, STRING), a IS NOT OF (INT), ANNOTATE_TYPE(1, DECIMAL), b IS NOT NAN
 *     SELECT a OPERATOR(crdb.?=) crdb.types(NULL::int8, NULL::text), … , CAST(1 AS numeric), b <> 'NaN'
 */
export function rewriteTypeTests({ tokens }: Statement, edits: TextEdits): void {
  if (!mentions(tokens, 'iferror', 'iserror', 'annotate_type', 'of', 'nan')) return;
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'iferror', 'iserror') && isSign(tokens[i + 1], '(') && !isSign(tokens[i - 1], '.'))
      throw notSupported(`${token.value.toUpperCase()}()`);
    if (isWord(token, 'annotate_type') && isSign(tokens[i + 1], '(')) {
      const { items } = listItems(tokens, i + 1);
      if (items.length !== 2) continue;
      edits.replace(token.start, token.end, 'CAST');
      const comma = tokens[items[0]!.to]!;
      edits.replace(comma.start, comma.end, ' AS');
    }
    const of = isWord(tokens[i + 1], 'not') ? i + 2 : i + 1;
    if (isWord(token, 'is') && isWord(tokens[of], 'nan'))
      edits.replace(token.start, tokens[of]!.end, `${of === i + 1 ? '=' : '<>'} 'NaN'`);
    if (!isWord(token, 'is') || !isWord(tokens[of], 'of') || !isSign(tokens[of + 1], '(')) continue;
    const { items, after } = listItems(tokens, of + 1);
    edits.replace(token.start, tokens[of + 1]!.end, `OPERATOR(crdb.${of === i + 1 ? '?=' : '?!'}) ARRAY[`);
    for (const { from, to } of items) {
      edits.insert(tokens[from]!.start, 'crdb_standin.type_of(CAST(NULL AS ');
      edits.insert(tokens[to - 1]!.end, '))');
    }
    edits.replace(tokens[after - 1]!.start, tokens[after - 1]!.end, ']');
  }
}
