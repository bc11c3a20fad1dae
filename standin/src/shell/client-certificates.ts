import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { readDirectory, warn } from '../cert/directory.ts';
import { CommandError } from '../command-line/command-error.ts';
import { fileError } from '../command-line/file-error.ts';
import type { Tls } from './connect-options.ts';

/** The permission bits of everybody but the owner. */
const OTHERS = 0o077;
const NO_CERTIFICATES = `cannot load certificates.
Check your certificate settings, set --certs-dir, or use --insecure for insecure clusters.

problem using security settings: `;

/**
 * Returns the client's certificates for a TLS connection; undefined without TLS. A user without a certificate is asked
 * for a password later. Throws CommandError.
 */
export async function readClientCertificates(tls: Tls, user: string): Promise<ConnectionOptions | undefined> {
  if (tls.kind === 'off') return undefined;
  if (tls.kind === 'directory') return await fromDirectory(tls.path, user);
  const [ca, cert, key] = [await read(tls.ca), await read(tls.cert), await readKey(tls.key)];
  return {
    ca,
    cert,
    key,
    rejectUnauthorized: tls.verify !== 'none',
    ...(tls.verify === 'ca' && { checkServerIdentity: () => undefined }),
  };
}

async function fromDirectory(directory: string, user: string): Promise<ConnectionOptions> {
  const { entries, warnings } = await readDirectory(directory);
  warn(warnings);
  if (entries.length === 0) throw new CommandError(`${NO_CERTIFICATES}no certificates found; does certs dir exist?`);
  if (!entries.some((entry) => entry.usage === 'CA'))
    throw new CommandError(`${NO_CERTIFICATES}problem with CA certificate: not found`);
  const ca = await read(join(directory, 'ca.crt'));
  const mine = entries.find((entry) => entry.file === `client.${user}.crt`);
  if (!mine) return { ca };
  return {
    ca,
    cert: await read(join(directory, mine.file)),
    key: await readKey(join(directory, `client.${user}.key`)),
  };
}

/** Refuses a key that others can read, because they may already have copied it. */
async function readKey(path: string | undefined): Promise<string | undefined> {
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (found && found.mode & OTHERS)
    throw new CommandError('pq: Private key file has group or world access. Permissions should be u=rw (0600) or less');
  return await read(path);
}

async function read(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(fileError(cause));
  });
}
