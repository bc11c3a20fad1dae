import { notSupported } from '../../protocol/statement-error.ts';
import { selectBlocks, type SelectBlock } from '../row-order/select-blocks.ts';
import { bracketDepths } from '../text/brackets.ts';
import { mentions } from '../text/mentions.ts';
import { quoteName } from '../text/quoting.ts';
import { parseStatement, type Statement } from '../text/statement.ts';
import { TextEdits } from '../text/text-edits.ts';
import { isSign, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { keyOf, type TableShapes } from '../translation/table-shape.ts';

/** Keywords after which an operand begins; after any other name, `@` names an index. */
const BEFORE_OPERAND = new Set(
  `select distinct all by where having and or not on when then else case between in like ilike limit offset returning
  values from as is set`.split(/\s+/),
);

/**
 * Replaces references to columns by their numbers (cockroachlabs.com/docs/v21.1/scalar-expressions#column-references);
 * to PostgreSQL, `@1` is the absolute value of 1. Refuses them where the columns of FROM are not those of tables.
 *
 *     SELECT @2, @1 + 1 FROM t AS u ORDER BY @2
 *     SELECT "u"."b" AS "?column?", "u"."a" + 1 FROM t AS u ORDER BY "u"."b"
 */
export async function expandColumnNumbers(statement: Statement, context: Context): Promise<Statement> {
  const { tokens, source } = statement;
  if (!mentions(tokens, '@')) return statement;
  const places = tokens.flatMap((_, i) => (isColumnNumber(tokens, i) ? [i] : []));
  if (!places.length) return statement;
  const blocks = selectBlocks(tokens);
  const paths = blocks.flatMap(({ tables }) => tables.map(({ path }) => path));
  const shapes: TableShapes = paths.length ? await context.session.shapes(paths, context) : new Map();
  const edits = new TextEdits(source);
  for (const at of places) {
    const block = blocks.findLast(({ all }) => all.from < at && at < all.to);
    const column = block && columnsOf(block, tokens, shapes)[Number(tokens[at + 1]!.value) - 1];
    if (!column) throw notSupported(`the column number @${tokens[at + 1]!.value} of this query`);
    const [table, name] = column;
    const alias = isWholeItem(tokens, at, block) ? ' AS "?column?"' : '';
    edits.replace(tokens[at]!.start, tokens[at + 1]!.end, ` ${quoteName(table)}.${quoteName(name)}${alias} `);
  }
  return { ...parseStatement(edits.apply()), translated: statement.translated };
}

function isColumnNumber(tokens: readonly Token[], at: number): boolean {
  if (!isSign(tokens[at], '@') || !/^\d+$/.test(tokens[at + 1]?.value ?? '')) return false;
  const before = tokens[at - 1];
  if (before?.kind === 'sign') return !['.', ')', ']'].includes(before.value);
  return before?.kind === 'word' && BEFORE_OPERAND.has(before.value);
}

/** Returns the columns of FROM in order, each with its table's alias; none when something else is among them. */
function columnsOf(
  { all, readsTablesOnly, tables }: SelectBlock,
  tokens: readonly Token[],
  shapes: TableShapes,
): [table: string, column: string][] {
  const merges = mentions(tokens.slice(all.from, all.to), 'using', 'natural');
  if (!readsTablesOnly || merges) return [];
  return tables.flatMap(({ path, alias }) =>
    (shapes.get(keyOf(path))?.columns ?? []).map((column): [string, string] => [alias.value, column]),
  );
}

/** Whether a column number is a whole item of the SELECT's list, and has no name of its own. */
function isWholeItem(tokens: readonly Token[], at: number, { list }: SelectBlock): boolean {
  const depths = bracketDepths(tokens);
  const isInList = at >= list.from && at < list.to && depths[at] === depths[list.from - 1];
  const begins = at === list.from || isSign(tokens[at - 1], ',');
  return isInList && begins && (at + 2 === list.to || isSign(tokens[at + 2], ','));
}
