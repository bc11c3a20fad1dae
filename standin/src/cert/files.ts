import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileError } from '../command-line/file-error.ts';

const DIRECTORY_MODE = 0o700;
const KEY_MODE = 0o600;
const CERTIFICATE_MODE = 0o644;
const PEM_COLUMNS = 64;

/** Creates the certificates directory, for its owner only. An existing one stays as it is. */
export async function makeDirectory(path: string): Promise<void> {
  await naming(() => mkdir(path, { recursive: true, mode: DIRECTORY_MODE }));
}

/** Reads a file. Throws Error in the form `open PATH: no such file or directory`. */
export async function readText(path: string): Promise<string> {
  return await naming(() => readFile(path, 'utf8'));
}

/** Writes a key, readable by its owner only. */
export async function writeKey(path: string, content: string | Buffer, overwrite: boolean): Promise<void> {
  await naming(() => writeFile(path, content, { mode: KEY_MODE, flag: overwrite ? 'w' : 'wx' }));
}

/** Writes certificates, the first one first. */
export async function writeCertificates(path: string, ders: readonly Buffer[], overwrite: boolean): Promise<void> {
  await naming(() => writeFile(path, ders.map(pem).join(''), { mode: CERTIFICATE_MODE, flag: overwrite ? 'w' : 'wx' }));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(new RegExp(`.{1,${PEM_COLUMNS}}`, 'g')) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

async function naming<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new Error(fileError(cause), { cause });
  }
}
