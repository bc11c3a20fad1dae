import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteArray, quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import { isSign } from '../text/tokens.ts';
import type { ColumnParts } from './column-parts.ts';
import { kindOfElement, readElements } from './table-elements.ts';

/** A column family: PostgreSQL has none, so they are only noted, for SHOW CREATE. */
interface Family {
  name: string | undefined;
  columns: string[];
}

/** What the families of a table depend on. */
interface FamilyTable {
  /** The table's name for PostgreSQL. */
  table: string;
  columns: readonly ColumnParts[];
  /** The columns of the primary key. */
  key: readonly string[];
  /** The hidden key of a table without one. */
  rowid: string | undefined;
  /** Whether the table has columns that are not listed: those of another table. */
  isOpen: boolean;
}

/**
 * Returns statements that note the families of a table (cockroachlabs.com/docs/stable/column-families), given as
 * `FAMILY [name] (columns)` or with a column. Columns without one join the first, and a family without a name is
 * named after its columns. Throws StatementError.
 *
 *     CREATE TABLE t (a INT, b INT, FAMILY (b))
 *     SELECT crdb.note_family('"t"'::pg_catalog.regclass, 0, 'fam_0_b_a_rowid', '{b,a,rowid}')
 */
export function noteFamilies(elements: readonly Statement[], given: FamilyTable): string[] {
  const { table, columns, key, rowid } = given;
  const families = elements.filter((element) => kindOfElement(element) === 'family').map(readFamily);
  for (const { name: column, family } of columns) {
    if (!family) continue;
    const known = family.name === undefined ? undefined : families.find(({ name }) => name === family.name);
    if (known) known.columns.push(column);
    else families.push({ name: family.name, columns: [column] });
  }
  if (families.length === 0) return [];
  if (!given.isOpen) checkFamilies(families, given);
  const assigned = families.flatMap((family) => family.columns);
  const others = [...key, ...columns.map(({ name }) => name), ...[rowid ?? []].flat()];
  families[0]!.columns.push(...new Set(others.filter((name) => !assigned.includes(name))));
  return families.map(({ name, columns: members }, place) => {
    const called = name ?? `fam_${place}_${members.join('_')}`;
    return (
      `SELECT crdb.note_family(${quoteText(table)}::pg_catalog.regclass, ${place}, ` +
      `${quoteText(called)}, ${quoteArray(members)})`
    );
  });
}

/** Returns a statement that puts a column that ALTER TABLE has added into its family. */
export function addToFamily(table: string, column: string, family: NonNullable<ColumnParts['family']>): string {
  const name = family.name === undefined ? 'NULL' : quoteText(family.name);
  return (
    `SELECT crdb.add_to_family(${quoteText(table)}::pg_catalog.regclass, ${quoteText(column)}, ${name}, ` +
    `${family.creates}, ${family.mayExist})`
  );
}

/** Throws StatementError for two families of one name, a column in two, or one that the table does not have. */
function checkFamilies(families: readonly Family[], { columns, rowid }: FamilyTable): void {
  const refused = (what: string): StatementError => new StatementError(SQLSTATE.uncategorized, what);
  const known = [...columns.map(({ name }) => name), ...[rowid ?? []].flat()];
  for (const [i, { name, columns: members }] of families.entries()) {
    const isTaken = name !== undefined && families.findIndex((other) => other.name === name) < i;
    if (isTaken) throw refused(`duplicate family name: "${name}"`);
    if (members.some((member) => !known.includes(member)))
      throw refused(`family "${name ?? ''}" contains unknown column "0"`);
    for (const member of members) {
      const first = families.findIndex((other) => other.columns.includes(member));
      if (first < i) throw refused(`column ${known.indexOf(member) + 1} is in both family ${first} and ${i}`);
    }
  }
}

function readFamily(family: Statement): Family {
  const isNamed = !isSign(family.tokens[1], '(');
  const columns = readElements(family, isNamed ? 2 : 1).elements.map(({ tokens }) => tokens[0]!.value);
  return { name: isNamed ? family.tokens[1]!.value : undefined, columns };
}
