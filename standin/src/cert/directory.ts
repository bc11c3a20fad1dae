import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const OTHERS = 0o077;
const NAMED = /^(ca|ca-client|ca-ui|node|ui|client\..+)\.crt$/;
const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** One certificate of a certificates' directory, and its key if that can be used. */
export interface Entry {
  usage: 'CA' | 'Client CA' | 'UI CA' | 'Node' | 'UI' | 'Client';
  file: string;
  certificates: X509Certificate[];
  keyFile: string;
  /** Why it cannot be used. */
  problem: string | undefined;
}

/**
 * The certificates in a directory, and what is wrong with others there, as lines for the log. One that is missing is
 * empty.
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
    const entry: Entry = { usage, file, certificates, keyFile: '', problem: undefined };
    if (!usage.endsWith('CA')) {
      entry.problem = await keyProblem(path.replace(/\.crt$/, '.key'));
      if (entry.problem) warnings.push(`error finding key for ${path}: ${entry.problem}`);
      else entry.keyFile = file.replace(/\.crt$/, '.key');
    }
    entries.push(entry);
  }
  const order: Entry['usage'][] = ['CA', 'Client CA', 'UI CA', 'Node', 'UI', 'Client'];
  return { entries: entries.sort((a, b) => order.indexOf(a.usage) - order.indexOf(b.usage)), warnings };
}

/** The certificates in a PEM text; none where it has none, or one that cannot be read. */
export function parseCertificates(pem: string): X509Certificate[] {
  try {
    return (pem.match(PEM_BLOCK) ?? []).map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}

/** Prints warnings as lines of the log. */
export function warn(warnings: readonly string[]): void {
  for (const text of warnings) {
    const now = new Date().toISOString();
    process.stderr.write(
      `W${now.slice(2, 10).replaceAll('-', '')} ${now.slice(11, 23)}000 1 security/certificate_loader.go:356  [-] 1  ${text}\n`,
    );
  }
}

async function keyProblem(path: string): Promise<string | undefined> {
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
