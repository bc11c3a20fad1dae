import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteName } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { actionRanges } from './action-ranges.ts';
import { rewriteColumn } from './column-definition.ts';
import { readColumnParts } from './column-parts.ts';
import { dropRowid, hideColumns, noteChecks, noteConstant, noteDefault, noteVirtual } from './definition-notes.ts';
import { familyOf, readType } from './expressions/parse-type.ts';
import type { ColumnTypes } from './expressions/type-of.ts';
import { requireFreePart } from './free-name.ts';
import { createIndexStatements } from './index-definition.ts';
import { refuseUnindexable } from './index-columns.ts';
import { markConstraints } from './index-names.ts';
import { checkColumn, checkExpression } from './schema-expressions.ts';
import { addToFamily } from './families.ts';
import { readConstraint } from './table-constraint.ts';

/** What ALTER TABLE becomes. */
export interface Alteration {
  edits: TextEdits;
  /** Whether the edited statement still has an action. */
  hasActions: boolean;
  /** Statements to run before it. */
  before: string[];
  /** Statements to run after it. */
  after: string[];
  notices: ErrorFields[];
}

/** The types and the defaults of a table's columns. */
interface KnownColumns {
  types: ColumnTypes;
  defaults: ReadonlyMap<string, string>;
}

const TYPE_CHANGE: ErrorFields = {
  severity: 'NOTICE',
  code: SQLSTATE.successfulCompletion,
  message:
    'ALTER COLUMN TYPE changes are finalized asynchronously; further schema changes on this table may be restricted ' +
    'until the job completes; some writes to the altered column may be rejected until the schema change is finalized',
};

/**
 * Rewrites the actions of an ALTER TABLE, which begin at token `from`, and returns the statements that note what
 * PostgreSQL does not keep.
 */
export function alterationOf(
  statement: Statement,
  from: number,
  path: string[],
  { types, defaults }: KnownColumns,
  context: Context,
): Alteration {
  const alteration: Alteration = {
    edits: rewriteForPostgres(statement, context),
    hasActions: false,
    before: [],
    after: [],
    notices: [],
  };
  markConstraints(statement, alteration.edits);
  const table = localName(context, path);
  for (const [start, end] of actionRanges(statement, from)) {
    const reader = new StatementReader(statement);
    reader.at = start;
    if (reader.skip('add')) add(reader, end, { alteration, table, path, types, defaults, context });
    else {
      alteration.hasActions = true;
      if (reader.skip('alter')) alterColumn(reader, end, { alteration, table, path, types, defaults, context });
    }
  }
  return alteration;
}

interface Surroundings {
  alteration: Alteration;
  table: string;
  path: string[];
  types: ColumnTypes;
  defaults: KnownColumns['defaults'];
  context: Context;
}

function add(reader: StatementReader, end: number, { alteration, table, path, types, context }: Surroundings): void {
  const { statement } = reader;
  if (isWord(reader.token, 'constraint', 'primary', 'unique', 'foreign', 'check')) {
    const constraint = readConstraint(substatement(statement, reader.at, end));
    if (constraint.isIndex) {
      const head = { name: constraint.name };
      alteration.after.push(...createIndexStatements(constraint.definition, path, types, context, head));
      const next = statement.tokens[end]!;
      alteration.edits.remove(statement.tokens[reader.at - 1]!.start, isSign(next, ',') ? next.end : next.start);
      return;
    }
    if (constraint.kind === 'primary' && !dropsConstraint(statement)) alteration.before.push(dropRowid(table, true));
    alteration.hasActions = true;
    if (constraint.kind === 'primary' || constraint.kind === 'unique') refuseUnindexable(constraint.columns, types);
    if (constraint.condition) checkExpression(constraint.condition, 'CHECK', types);
    if (constraint.condition) alteration.after.push(...noteChecks(table, [constraint.condition], types));
    return;
  }
  alteration.hasActions = true;
  reader.skip('column');
  reader.skip('if', 'not', 'exists');
  const column = substatement(statement, reader.at, end);
  const offset = reader.token.start;
  const parts = readColumnParts(column);
  const edits = {
    replace: (start: number, to: number, text: string) => alteration.edits.replace(start + offset, to + offset, text),
  };
  requireFreePart(path.at(-1)!, parts.name, context);
  rewriteColumn(column, parts, edits, context);
  context.session.transaction.schema.noteColumn(parts.name);
  const all = new Map([...types, ...(parts.type === undefined ? [] : [[parts.name, parts.type] as const])]);
  checkColumn(parts, all);
  if (parts.default) alteration.after.push(...noteDefault(table, parts.name, parts.default, all, parts.type));
  if (parts.computed) alteration.after.push(...noteDefault(table, parts.name, parts.computed, all));
  if (parts.isVirtual) alteration.after.push(noteVirtual(table, parts.name));
  if (parts.family) alteration.after.push(addToFamily(table, parts.name, parts.family));
  if (parts.isHidden) alteration.after.push(hideColumns(table, [parts.name]));
  const checks = parts.checks.map(({ condition }) => condition);
  alteration.after.push(...noteChecks(table, checks, all));
}

/** Whether the statement drops a constraint: the primary key, when it also adds one. */
function dropsConstraint({ tokens }: Statement): boolean {
  return tokens.some((token, i) => isWord(token, 'drop') && isWord(tokens[i + 1], 'constraint'));
}

/** SET DEFAULT, TYPE and DROP STORED of a column. */
function alterColumn(reader: StatementReader, end: number, { alteration, table, types, defaults }: Surroundings): void {
  const { tokens } = reader.statement;
  reader.skip('column');
  const column = reader.name();
  if (reader.skip('set', 'default')) {
    const type = types.get(column);
    const expression = tokens.slice(reader.at, end);
    checkExpression(expression, 'DEFAULT', types);
    alteration.after.push(...noteDefault(table, column, expression, types, type));
  } else if (isWord(reader.token, 'drop') && isWord(reader.peek(1), 'stored'))
    alteration.edits.replace(reader.peek(1)!.start, reader.peek(1)!.end, 'EXPRESSION');
  else if (reader.skip('set', 'data', 'type') || reader.skip('type')) {
    if (alteration.notices.length === 0) alteration.notices.push(TYPE_CHANGE);
    changeType(reader, column, end, { alteration, table, defaults });
  }
}

/** A change of type casts the values and the default, which PostgreSQL does only where it loses nothing. */
function changeType(
  { statement: { tokens }, at }: StatementReader,
  column: string,
  end: number,
  { alteration, table, defaults }: Pick<Surroundings, 'alteration' | 'table' | 'defaults'>,
): void {
  const { edits } = alteration;
  const using = tokens.findIndex((token, i) => i > at && i < end && isWord(token, 'using'));
  const type = edits.apply(tokens[at]!.start, tokens[(using < 0 ? end : using) - 1]!.end);
  const name = quoteName(column);
  const given = defaults.get(column);
  const filled = given === undefined ? '' : `, ALTER COLUMN ${name} SET DEFAULT (${given})::${type}`;
  if (given !== undefined) {
    const begin = tokens.findLast((token, i) => i < at && isWord(token, 'alter'))!;
    edits.insert(begin.start, `ALTER COLUMN ${name} DROP DEFAULT, `);
    const printed = readType(tokens, at);
    if (printed && /^'?-?[\w.]+'?(?:::\w+)?$/.test(given))
      alteration.after.push(noteConstant(table, column, `(${given})::${type}`, familyOf(printed.type)));
  }
  edits.insert(tokens[end - 1]!.end, `${using < 0 ? ` USING ${name}::${type}` : ''}${filled}`);
}
