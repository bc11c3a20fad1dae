import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MadeFile } from './shell-recording.ts';

const DAY_MS = 86_400_000;
/** Files that a server makes for itself, which are not recorded. */
const OF_SERVERS = /^(cockroach-data|data$|logs|\.cockroach|heap_profiler|goroutine_dump|inflight_trace_dump|log)/;
const KEY_USAGES = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
];
const EXTENDED_USAGES: Record<string, string> = {
  '1.3.6.1.5.5.7.3.1': 'TLS Web Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'TLS Web Client Authentication',
};
const KEY_USAGE = '0603551d0f';
const BASIC_CONSTRAINTS = '0603551d13';

/** The contents of a directory, to be compared later. */
export type Snapshot = Set<string>;

/** Returns the files and directories below a directory, each with what changes when it is written. */
export function takeSnapshot(directory: string): Snapshot {
  return new Set(walk(directory).map(({ key }) => key));
}

/**
 * Returns the files that were made or changed since a snapshot. Certificates have their fields, named as by `openssl
 * x509 -text`.
 */
export function madeSince(directory: string, before: Snapshot): MadeFile[] {
  return walk(directory)
    .filter(({ key }) => !before.has(key))
    .map(({ path, mode }) => {
      const file = join(directory, path);
      if (path.endsWith('.crt')) return { path, mode, certificate: describeCertificate(file) };
      if (path.endsWith('.key')) return { path, mode, begins: readFileSync(file, 'latin1').split('\n')[0] };
      return { path, mode };
    });
}

function walk(directory: string, under = ''): { path: string; mode: string; key: string }[] {
  return readdirSync(join(directory, under))
    .sort()
    .flatMap((name) => {
      const path = under ? `${under}/${name}` : name;
      const found = statSync(join(directory, path));
      if (OF_SERVERS.test(name) || !(found.isFile() || found.isDirectory())) return [];
      const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
      if (found.isFile()) return [{ path, mode, key: `${path} ${mode} ${found.size} ${found.mtimeMs}` }];
      return [{ path: `${path}/`, mode, key: `${path}/ ${mode}` }, ...walk(directory, path)];
    });
}

function describeCertificate(path: string): Record<string, unknown> {
  const pem = readFileSync(path, 'latin1');
  if (!pem.includes('BEGIN CERTIFICATE')) return { unreadable: true };
  const certificate = new X509Certificate(pem);
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    days: Math.round((certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / DAY_MS),
    key: `${certificate.publicKey.asymmetricKeyDetails?.modulusLength} bit`,
    algorithm: `${certificate.publicKey.asymmetricKeyType}Encryption`,
    signature: certificate.signatureAlgorithm,
    keyUsage: keyUsage(certificate.raw),
    extendedKeyUsage: certificate.keyUsage?.map((id) => EXTENDED_USAGES[id]).join(', ') ?? null,
    basicConstraints: basicConstraints(certificate.raw),
    names: certificate.subjectAltName ?? null,
    blocks: pem.match(/BEGIN/g)?.length,
  };
}

/** Returns a name as `O = Cockroach, CN = root`, with the bytes of characters beyond ASCII in hexadecimal. */
function distinguishedName(lines: string): string {
  const hex = (character: string): string =>
    [...Buffer.from(character)].map((byte) => `\\${byte.toString(16).toUpperCase()}`).join('');
  return lines
    .split('\n')
    .map((line) => line.replace('=', ' = ').replace(/[^\x20-\x7e]/gu, hex))
    .join(', ');
}

/**
 * Returns the content of an extension, found by its encoded identifier. Both extensions are short and always marked
 * critical.
 */
function extension(raw: Buffer, identifier: string): Buffer | undefined {
  const at = raw.indexOf(Buffer.from(`${identifier}0101ff04`, 'hex'));
  if (at < 0) return undefined;
  const start = at + identifier.length / 2 + 4;
  return raw.subarray(start + 1, start + 1 + raw[start]!);
}

function keyUsage(raw: Buffer): string | null {
  const bits = extension(raw, KEY_USAGE)?.[3];
  return bits === undefined ? null : KEY_USAGES.filter((_, bit) => bits & (0x80 >> bit)).join(', ');
}

function basicConstraints(raw: Buffer): string | null {
  const content = extension(raw, BASIC_CONSTRAINTS);
  if (!content) return null;
  const pathLength = content.length > 5 ? `, pathlen:${content[7]}` : '';
  return `CA:${content[4] === 0xff ? 'TRUE' : 'FALSE'}${pathLength}`;
}
