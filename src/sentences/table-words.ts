import type { Holdings, Table } from '../../shared/protocol.ts';
import { counted } from './counted.ts';

/** What the databases hold, for a button: its only table, or how many there are; undefined when they hold nothing. */
export function holdingsWord({ tables, unlisted }: Holdings): string | undefined {
  const [first] = tables;
  const count = tables.length + unlisted.tables;
  if (first && count === 1 && unlisted.databases === 0) return `${tableTitle(first)}: ${counted(first.count, 'row')}`;
  if (count > 0) return counted(count, 'table');
  return unlisted.databases > 0 ? counted(unlisted.databases, 'database') : undefined;
}

/**
 * A table's name with those of its database and, unless that is `public`, its schema; in quotes where a dot in one
 * would tell of another table.
 */
export function tableTitle({ database, schema, name }: Pick<Table, 'database' | 'schema' | 'name'>): string {
  return [database, schema, name]
    .filter((part) => part !== undefined)
    .map((part) => (part.includes('.') ? `"${part}"` : part))
    .join('.');
}
