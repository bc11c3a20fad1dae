import { precedingWordHere } from '../text/preceding-words.ts';
import { quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { readType } from './expressions/parse-type.ts';
import { stringText } from './expressions/print-constant.ts';

/** Words that CockroachDB prints in capitals. */
const KEYWORDS = new Set(
  `select distinct on as from where group by having order asc desc limit offset join inner left right full outer cross
  natural using union intersect except all and or not null is in like ilike between case when then else end cast with
  recursive values exists any some over partition rows range filter true false coalesce nullif if ifnull array interval
  collate window lateral ordinality extract similar to`.split(/\s+/),
);
/** Words after which a parenthesis is not one of arguments. */
const SPACED = new Set(
  `select distinct on where and or not in any some all as from join using by having then else when case over
  filter`.split(/\s+/),
);
const TIGHT_BEFORE = [',', ')', ']', '.', '::', ':::', '['];
const TIGHT_AFTER = ['(', '[', '.', '::', ':::'];

/**
 * Returns the query of a view as SHOW CREATE prints it: with keywords in capitals, and tables with their database and
 * schema. Tables that do not exist are left as they are: they are queries of a WITH.
 *
 *     select a, 'k' k from t
 *     SELECT a, 'k' AS k FROM bank.public.t
 */
export async function viewText({ tokens }: Statement, context: Context): Promise<string> {
  const tables = tableNames(tokens);
  const schemas = await schemasOf(
    [...tables.values()].map(({ path }) => path),
    context,
  );
  let text = '';
  for (let i = 0; i < tokens.length - 1; i++) {
    const table = tables.get(i);
    const schema = table && schemas.get(table.path.join('.'));
    const type = isSign(tokens[i - 1], '::') || isSign(tokens[i - 1], ':::') ? readType(tokens, i) : undefined;
    let printed = printToken(tokens[i]!);
    if (table && schema !== undefined) {
      printed = [context.database, schema, table.path.at(-1)!].map(printName).join('.');
      i = table.last;
    } else if (type) {
      printed = type.type;
      i = type.after - 1;
    }
    text += `${needsSpace(tokens, table ? table.first : i, text) ? ' ' : ''}${printed}`;
  }
  return text;
}

interface TableName {
  path: string[];
  first: number;
  last: number;
}

/** The names of tables after FROM, JOIN and the commas between them, by the indexes of their first tokens. */
function tableNames(tokens: readonly Token[]): Map<number, TableName> {
  const found = new Map<number, TableName>();
  for (const [i, token] of tokens.entries()) {
    if (!isName(token) || !isAfterFrom(tokens, i)) continue;
    let last = i;
    while (isSign(tokens[last + 1], '.') && isName(tokens[last + 2])) last += 2;
    if (isSign(tokens[last + 1], '(')) continue;
    const path = tokens.slice(i, last + 1).flatMap((part) => (isName(part) ? [part.value] : []));
    found.set(i, { path, first: i, last });
  }
  return found;
}

const clauseWord = precedingWordHere(['select', 'from', 'by', 'on', 'using', 'where']);

function isAfterFrom(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (isWord(before, 'from', 'join')) return true;
  if (!isSign(before, ',')) return false;
  return isWord(tokens[clauseWord(tokens, at)], 'from');
}

async function schemasOf(paths: string[][], context: Context): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map();
  const rows = await context.query(
    `SELECT given.name, n.nspname
    FROM (VALUES ${paths
      .map((path) => `(${quoteText(path.join('.'))}, ${quoteText(localName(context, path))})`)
      .join(', ')}) AS given (name, local)
    JOIN pg_catalog.pg_class c ON c.oid = crdb_standin.to_regclass(given.local)
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE crdb_standin.is_client_schema(n.nspname)`,
  );
  return new Map(rows.map(([name, schema]) => [name!, schema!]));
}

function printName(name: string): string {
  return /^[a-z_][\w$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function printToken(token: Token): string {
  if (token.kind === 'word') return KEYWORDS.has(token.value) ? token.value.toUpperCase() : token.value;
  if (token.kind === 'quoted') return printName(token.value);
  if (token.kind === 'string') return stringText(token.value.slice(1, -1).replaceAll("''", "'"));
  return token.value === '<>' ? '!=' : token.value;
}

function needsSpace(tokens: readonly Token[], at: number, text: string): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]!];
  if (text === '') return false;
  if (token.kind === 'sign' && TIGHT_BEFORE.includes(token.value)) return false;
  if (before?.kind === 'sign' && TIGHT_AFTER.includes(before.value)) return false;
  if (isSign(token, '(') && isName(before)) return before.kind === 'word' && SPACED.has(before.value);
  return !(isSign(before, '-') && !isName(tokens[at - 2]) && tokens[at - 2]?.kind !== 'number');
}
