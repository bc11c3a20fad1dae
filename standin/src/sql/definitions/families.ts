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

/**
 * Returns statements that note the families of a table (cockroachlabs.com/docs/stable/column-families), given as
 * `FAMILY [name] (columns)` or with a column. `table` is the table's name for PostgreSQL.
 */
export function noteFamilies(elements: readonly Statement[], columns: readonly ColumnParts[], table: string): string[] {
  const families = elements.filter((element) => kindOfElement(element) === 'family').map(readFamily);
  for (const { name: column, family } of columns) {
    if (!family) continue;
    const known = family.name === undefined ? undefined : families.find(({ name }) => name === family.name);
    if (known) known.columns.push(column);
    else families.push({ name: family.name, columns: [column] });
  }
  return families.map(({ name, columns: members }, place) => {
    const called = name ?? `fam_${place}_${members.join('_')}`;
    return (
      `SELECT crdb.note_family(${quoteText(table)}::pg_catalog.regclass, ${place}, ` +
      `${quoteText(called)}, ${quoteArray(members)})`
    );
  });
}

function readFamily(family: Statement): Family {
  const isNamed = !isSign(family.tokens[1], '(');
  const columns = readElements(family, isNamed ? 2 : 1).elements.map(({ tokens }) => tokens[0]!.value);
  return { name: isNamed ? family.tokens[1]!.value : undefined, columns };
}
