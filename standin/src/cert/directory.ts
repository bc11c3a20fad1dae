import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const OTHERS = 0o077;
const NAMED = /^(ca|ca-client|ca-ui|node|ui|client\..+)\.crt$/;
const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** One certificate file of a certificates directory, with its key. */
export interface Entry {
  usage: 'CA' | 'Client CA' | 'UI CA' | 'Node' | 'UI' | 'Client';
  file: string;
  certificates: X509Certificate[];
  /** Empty when there is no key that can be used. */
  keyFile: string;
  /** Why the certificate cannot be used. */
  error: string | undefined;
}

/**
 * Returns the certificates in a directory, and warnings for the log about those that cannot be used. A directory that
 * does not exist is treated as empty.
 */
export async function readDirectory(directory: string): Promise<{ entries: Entry[]; warnings: string[] }> {
  const names = (await readdir(directory).catch(() => [] as string[])).filter((name) => NAMED.test(name)).sort();
  const entries: Entry[] = [];
  const warnings: string[] = [];
  for (const file of names) {
    const path = join(directory, file);
    const content = await readFile(path, 'utf8').catch(() => '');
    const certificates = parseCertificates(content);
    if (certificates.length === 0) {
      warnings.push(`could not parse certificate for ${path}: no certificates found in ${file}`);
      continue;
    }
    const usage = usageOf(file);
    const entry: Entry = { usage, file, certificates, keyFile: '', error: undefined };
    if (!usage.endsWith('CA')) {
      entry.error = await keyError(path.replace(/\.crt$/, '.key'));
      if (entry.error) warnings.push(`error finding key for ${path}: ${entry.error}`);
      else entry.keyFile = file.replace(/\.crt$/, '.key');
    }
    entries.push(entry);
  }
  const order: Entry['usage'][] = ['CA', 'Client CA', 'UI CA', 'Node', 'UI', 'Client'];
  return { entries: entries.sort((a, b) => order.indexOf(a.usage) - order.indexOf(b.usage)), warnings };
}

/** Returns the certificates in a PEM text, or an empty array when one of them cannot be read. */
export function parseCertificates(pem: string): X509Certificate[] {
  try {
    return (pem.match(PEM_BLOCK) ?? []).map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}

/** Prints warnings as log lines. */
export function warn(warnings: readonly string[]): void {
  for (const text of warnings) {
    const now = new Date().toISOString();
    const head = `W${now.slice(2, 10).replaceAll('-', '')} ${now.slice(11, 23)}000 1`;
    process.stderr.write(`${head} security/certificate_loader.go:356  [-] 1  ${text}\n`);
  }
}

async function keyError(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return `key file ${path} does not exist`;
  if (!(found.mode & OTHERS)) return undefined;
  const letters = ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx'];
  const shown = [6, 3, 0].map((shift) => letters[(found.mode >> shift) & 7]!).join('');
  return `key file ${path} has permissions -${shown}, exceeds -rwx------`;
}

function usageOf(file: string): Entry['usage'] {
  const names: Record<string, Entry['usage']> = {
    'ca.crt': 'CA',
    'ca-client.crt': 'Client CA',
    'ca-ui.crt': 'UI CA',
    'node.crt': 'Node',
    'ui.crt': 'UI',
  };
  return names[file] ?? 'Client';
}
