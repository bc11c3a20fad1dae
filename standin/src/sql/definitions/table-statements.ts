import { topLevelWord } from '../text/brackets.ts';
import { quoteName } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { isSerial, makesSequences } from './column-definition.ts';
import { readColumnParts } from './column-parts.ts';
import {
  copyDefinition,
  noteBuckets,
  noteChecks,
  noteDefault,
  noteDescending,
  hideColumns,
  addRowid,
  noteSequence,
  noteVirtual,
} from './definition-notes.ts';
import { noteFamilies } from './families.ts';
import { requireHashSharding } from './hash-sharding.ts';
import { createIndexStatements } from './index-definition.ts';
import { checkColumn, checkExpression } from './schema-expressions.ts';
import { refuseUnindexable } from './index-columns.ts';
import { addShard, noteShard, shardColumn, shardDefinition, withShards } from './shard-columns.ts';
import { readConstraint } from './table-constraint.ts';
import { columnChecks, columnDefinition, constraintDefinition } from './table-definition.ts';
import { kindOfElement } from './table-elements.ts';

/** A table to create: its elements, its qualified name, and its name for PostgreSQL. */
interface TableElements {
  elements: readonly Statement[];
  path: string[];
  name: string;
  isTemporary: boolean;
}

/**
 * Returns PostgreSQL's statements for a table. Its CREATE TABLE has no indexes, so each becomes a statement of its own.
 * What it does not keep, or not in CockroachDB's form, is noted for SHOW CREATE. Checks of columns come after those of
 * the table, as CockroachDB has them. Throws StatementError.
 *
 *     CREATE TABLE t (id INT PRIMARY KEY, a INT DEFAULT 1, INDEX (a))
 *     CREATE TABLE "t" (id int8 PRIMARY KEY, a int8 DEFAULT 1); CREATE INDEX  ON "t" (a);
 *     SELECT crdb.note_column('"t"'::pg_catalog.regclass, 'expression', 'a', '1:::INT8')
 */
export function tableStatements({ elements, path, name, isTemporary }: TableElements, context: Context): string[] {
  const ofKind = (kind: string): Statement[] => elements.filter((element) => kindOfElement(element) === kind);
  const columns = ofKind('column').map((element) => ({ element, parts: readColumnParts(element) }));
  const types = new Map(columns.flatMap(({ parts }) => (parts.type === undefined ? [] : [[parts.name, parts.type]])));
  const constraints = ofKind('constraint').map((element) => ({ element, parts: readConstraint(element) }));
  const inTable = constraints.filter(({ parts }) => !parts.isIndex);
  const checks: Token[][] = [
    ...inTable.flatMap(({ parts }) => (parts.condition ? [parts.condition] : [])),
    ...columns.flatMap(({ parts }) => parts.checks.map(({ condition }) => condition)),
  ];
  for (const { parts } of columns) checkColumn(parts, types);
  for (const { parts } of inTable) if (parts.condition) checkExpression(parts.condition, 'CHECK', types);
  const inner = [
    ...withShards(elements, types).flatMap((element) => {
      if ('computed' in element) return [shardDefinition(element)];
      if (kindOfElement(element) === 'like') return [constraintDefinition(element, readConstraint(element), context)];
      const column = columns.find((each) => each.element === element);
      return column ? [columnDefinition(element, column.parts, context)] : [];
    }),
    ...inTable.map(({ element, parts }) => constraintDefinition(element, parts, context)),
    ...columns.flatMap(({ element }) => columnChecks(element, context)),
  ];
  const key = inTable.find(({ parts }) => parts.kind === 'primary')?.parts;
  const keyNames = key ? key.columns : columns.find(({ element }) => hasKey(element))?.parts.name;
  for (const { parts } of inTable)
    if (parts.kind === 'primary' || parts.kind === 'unique') refuseUnindexable(parts.columns, types);
  for (const { element, parts } of columns) if (isIndexed(element)) refuseUnindexable([parts.name], types);
  const head = { key: [keyNames ?? []].flat() };
  const hash = key?.hash ?? columns.find(({ parts }) => parts.hash)?.parts.hash;
  if (hash) requireHashSharding(hash.buckets, context);
  const keyShard = hash && shardColumn(head.key, hash.buckets, types);
  const hasOwnKey = key !== undefined || columns.some(({ element }) => hasKey(element));
  const likes = ofKind('like');
  const hidden = columns.filter(({ parts }) => parts.isHidden).map(({ parts }) => parts.name);
  const needsRowid = !hasOwnKey && !likes.length;
  const rowid = needsRowid ? freeRowid(columns.map(({ parts }) => parts.name)) : undefined;
  if (rowid !== undefined) {
    inner.push(`${quoteName(rowid)} int8 DEFAULT unique_rowid() PRIMARY KEY`);
    hidden.push(rowid);
  }
  return [
    `CREATE ${isTemporary ? 'TEMP ' : ''}TABLE ${name} (${inner.join(', ')})`,
    ...constraints
      .filter(({ parts }) => parts.isIndex)
      .flatMap(({ parts }) =>
        createIndexStatements(parts.definition, path, types, context, { ...head, name: parts.name }),
      ),
    ...ofKind('index').flatMap((element) => createIndexStatements(element, path, types, context, head)),
    ...columns.flatMap(({ parts }) =>
      parts.default ? noteDefault(name, parts.name, parts.default, types, parts.type) : [],
    ),
    ...columns.flatMap(({ parts }) => (parts.computed ? noteDefault(name, parts.name, parts.computed, types) : [])),
    ...columns.flatMap(({ parts }) => (parts.isVirtual ? [noteVirtual(name, parts.name)] : [])),
    ...columns.flatMap(({ element, parts }) =>
      isSerial(element) && makesSequences(context) ? [noteSequence(name, parts.name)] : [],
    ),
    ...noteChecks(name, checks, types),
    ...noteDescending(name, key?.descending ?? []),
    ...(hash ? [noteBuckets(name, hash.buckets, true)] : []),
    ...(keyShard ? [addShard(name, keyShard), noteShard(name, keyShard, true)] : []),
    ...(hidden.length ? [hideColumns(name, hidden)] : []),
    ...likes.map((element) => copyDefinition(name, sourceOf(element, context))),
    ...(likes.length ? [addRowid(name)] : []),
    ...noteFamilies(elements, {
      table: name,
      columns: columns.map(({ parts }) => parts),
      key: head.key,
      rowid,
      isOpen: likes.length > 0,
    }),
  ];
}

/** Returns the name of the hidden primary key of a table with these columns: `rowid`, or else `rowid_1` and so on. */
function freeRowid(names: readonly string[]): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? 'rowid' : `rowid_${n}`;
    if (!names.includes(name)) return name;
  }
}

/** Whether a column is a primary key. */
function hasKey({ tokens }: Statement): boolean {
  return tokens.some((token, i) => isWord(token, 'primary') && isWord(tokens[i + 1], 'key'));
}

/** Whether a column has an index of its own. */
function isIndexed({ tokens }: Statement): boolean {
  return topLevelWord(tokens, ['primary', 'unique'], 1) > 0;
}

/** The table in `LIKE table INCLUDING …`, by its name for PostgreSQL. */
function sourceOf(element: Statement, context: Context): string {
  const reader = new StatementReader(element);
  reader.expect('like');
  return localName(context, reader.path());
}
