import { formatTable } from '../../../shared/shell-table/table.ts';
import { readDirectory, warn } from './directory.ts';
import type { Entry } from './directory.ts';

const COLUMNS = ['Usage', 'Certificate File', 'Key File', 'Expires', 'Notes', 'Error'];

/** Prints what a certificates directory holds, as a table on a terminal and separated by tabs elsewhere. */
export async function listCertificates(directory: string): Promise<void> {
  const { entries, warnings } = await readDirectory(directory);
  warn(warnings);
  const rows = entries.map((entry) => [
    entry.usage,
    entry.file,
    entry.keyFile,
    expiry(entry),
    notes(entry),
    entry.error ?? '',
  ]);
  const body = process.stdout.isTTY
    ? formatTable(COLUMNS, rows, 'SELECT')
    : [COLUMNS, ...rows].map((row) => `${row.join('\t')}\n`).join('');
  process.stdout.write(`Certificate directory: ${directory}\n${body}`);
}

function expiry({ certificates }: Entry): string {
  const times = certificates.map((certificate) => certificate.validToDate.getTime());
  return new Date(Math.max(...times)).toISOString().slice(0, 10).replaceAll('-', '/');
}

function notes({ usage, file, certificates }: Entry): string {
  if (usage.endsWith('CA')) return `num certs: ${certificates.length}`;
  if (usage === 'Client') return `user: ${file.replace(/^client\.(.*)\.crt$/, '$1')}`;
  const hosts = (certificates[0]?.subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return `addresses: ${hosts.join(',')}`;
}
