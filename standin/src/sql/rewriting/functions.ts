import { quoteName } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** CockroachDB's special forms (cockroachlabs.com/docs/stable/functions-and-operators), and what replaces them. */
const RENAMED = new Map([
  ['if', 'crdb."if"'],
  ['ifnull', 'coalesce'],
]);

/**
 * Renames functions that have another name in PostgreSQL. Those of schema crdb_internal are in schema crdb, with the
 * whole name as theirs, because CockroachDB calls a column of their results so.
 *
 *     SELECT IF(a, 1, 2), ifnull(b, 3), crdb_internal.node_id()
 *     SELECT crdb."if"(a, 1, 2), coalesce(b, 3), crdb."crdb_internal.node_id"()
 */
export function rewriteFunctions(statement: Statement, edits: TextEdits): void {
  const { tokens } = statement;
  if (!mentions(tokens, 'u', 'crdb_internal', ...RENAMED.keys())) return;
  for (const [i, token] of tokens.entries()) {
    if (!isName(token)) continue;
    const next = tokens[i + 1];
    // `U&'…'` is one literal to PostgreSQL, and three tokens to CockroachDB.
    if (isWord(token, 'u') && isSign(next, '&') && next!.start === token.end) edits.insert(token.end, ' ');
    if (token.value === 'crdb_internal' && isSign(next, '.')) renameInternal(tokens, i, edits);
    if (!isSign(next, '(')) continue;
    const renamed = isSign(tokens[i - 1], '.') ? undefined : RENAMED.get(token.value);
    if (renamed !== undefined) edits.replace(token.start, token.end, renamed);
  }
}

function renameInternal(tokens: Token[], at: number, edits: TextEdits): void {
  const name = tokens[at + 2];
  if (!isName(name) || !isSign(tokens[at + 3], '(') || isSign(tokens[at - 1], '.')) return;
  edits.replace(tokens[at]!.start, name.end, `crdb.${quoteName(`crdb_internal.${name.value}`)}`);
}
