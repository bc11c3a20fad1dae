import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unknownFunction } from '../../protocol/statement-error.ts';
import { objectNames, pathAt } from '../rewriting/object-names.ts';
import { closingBracket } from '../text/brackets.ts';
import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** The schemas of the stand-in's own objects in PostgreSQL. */
const OWN_SCHEMAS = ['crdb', 'crdb_standin', 'crdb_hidden'];
/** Words before an expression. Other words before a name with a bracket define it, as `INDEX name (a)` does. */
const BEFORE_EXPRESSION =
  `select all distinct where and or not on by having when then else case from join lateral returning between like limit
  offset default`.split(/\s+/);

/**
 * Refuses the stand-in's own functions and schemas in a statement of a client, for whom they do not exist. `functions`
 * are the names of its own functions that need no schema in front. A table may be called as they are.
 *
 *     SELECT crdb_standin.fail('XX000', 'a', 1)      unknown function: crdb_standin.fail()
 *     SELECT * FROM crdb.standin_notes               relation "crdb.standin_notes" does not exist
 *     SELECT note_view('v'::REGCLASS, 'a')           unknown function: note_view()
 */
export function refuseOwnNames({ tokens }: Statement, functions: ReadonlySet<string>): void {
  if (mentions(tokens, ...OWN_SCHEMAS)) refuseOwnSchemas(tokens);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isSign(tokens[i + 1], '(') && isName(token) && functions.has(token.value) && isCall(tokens, i))
      throw unknownFunction(token.value);
  }
}

function refuseOwnSchemas(tokens: Token[]): void {
  const objects = new Set(objectNames(tokens).map(({ at }) => at));
  for (const [i, token] of tokens.entries()) {
    if (!isName(token) || !OWN_SCHEMAS.includes(token.value)) continue;
    if (!isSign(tokens[i + 1], '.') || isSign(tokens[i - 1], '.')) continue;
    const name = pathAt(tokens, i).join('.');
    if (objects.has(i)) throw new StatementError(SQLSTATE.undefinedTable, `relation "${name}" does not exist`);
    if (isSign(tokens[i - 1], '::') || isSign(tokens[i - 1], ':::'))
      throw new StatementError(SQLSTATE.undefinedObject, `type "${name}" does not exist`);
    if (isSign(tokens[i + 3], '(')) throw unknownFunction(name);
  }
}

/** Whether a name with a bracket calls a function: not in `WITH a AS (…), name (b) AS (…)`, nor after `::`. */
function isCall(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[closingBracket(tokens, at + 1) + 1];
  if (before?.kind !== 'sign') return isWord(before, ...BEFORE_EXPRESSION);
  const isQuery = isSign(before, ',') && isWord(after, 'as');
  return !isQuery && !['.', '::', ':::', ')', ']'].includes(before.value);
}
