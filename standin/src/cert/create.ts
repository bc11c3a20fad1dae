import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../command-line/command-error.ts';
import { parseCertificates, readDirectory, warn } from './directory.ts';
import { makeDirectory, readText, writeCertificates, writeKey } from './files.ts';
import { issueCertificate } from './x509.ts';
import type { Authority, Purpose } from './x509.ts';

const HOUR_MS = 3_600_000;

/** The options of all `cert create-…` commands. */
export interface CreateOptions {
  directory: string;
  caKey: string | undefined;
  keyBits: number;
  lifetimeMs: number;
  overwrite: boolean;
}

/**
 * Creates a CA's certificate, and its key unless there is one to reuse. Older certificates stay in the file, after the
 * new one. Throws CommandError.
 */
export async function createCa(
  options: CreateOptions,
  file: 'ca.crt' | 'ca-client.crt',
  reuseKey: boolean,
): Promise<void> {
  const what = file === 'ca.crt' ? 'CA' : 'client CA';
  await failing(`failed to generate ${what} cert and key`, async () => {
    const caKey = requireCaKey(options);
    await enter(options.directory);
    const key = (await exists(caKey)) ? await reusedKey(caKey, reuseKey) : await newCaKey(caKey, options.keyBits);
    const path = join(options.directory, file);
    const before = (await exists(path))
      ? parseCertificates(await readText(path)).map((certificate) => certificate.raw)
      : [];
    const made = issueCertificate({ kind: 'ca' }, key, options.lifetimeMs);
    await failing(`could not write CA certificate file ${path}`, () =>
      writeCertificates(path, [made, ...before], options.overwrite),
    );
  });
}

/** Creates the node's certificate and key. Throws CommandError. */
export async function createNode(options: CreateOptions, hosts: readonly string[]): Promise<void> {
  if (hosts.length === 0)
    throw new CommandError('create-node requires at least one host name or address, none was specified');
  await failing('failed to generate node certificate and key', () =>
    createPair(options, { kind: 'node', hosts }, 'node', 'node server', false),
  );
}

/**
 * Creates a user's certificate and key, and with `alsoPkcs8` also the key in the format that Java reads. `user` may
 * throw for a bad name. Throws CommandError.
 */
export async function createClient(options: CreateOptions, user: () => string, alsoPkcs8: boolean): Promise<void> {
  await failing('failed to generate client certificate and key', async () => {
    const name = user();
    await createPair(options, { kind: 'client', user: name }, `client.${name}`, 'client', alsoPkcs8);
  });
}

async function createPair(
  options: CreateOptions,
  purpose: Purpose,
  file: string,
  what: string,
  alsoPkcs8: boolean,
): Promise<void> {
  const caKey = requireCaKey(options);
  await enter(options.directory);
  const authority = await loadAuthority(join(options.directory, 'ca.crt'), caKey);
  checkLifetime(authority, options.lifetimeMs);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: options.keyBits });
  const certificate = issueCertificate(purpose, privateKey, options.lifetimeMs, authority);
  const path = join(options.directory, `${file}.crt`);
  const keyPath = join(options.directory, `${file}.key`);
  await failing(`error writing ${what} certificate to ${path}`, () =>
    writeCertificates(path, [certificate], options.overwrite),
  );
  await failing(`error writing ${what} key to ${keyPath}`, () =>
    writeKey(keyPath, pkcs1(privateKey), options.overwrite),
  );
  if (!alsoPkcs8) return;
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  await failing(`error writing ${what} PKCS8 key to ${keyPath}.pk8`, () =>
    writeKey(`${keyPath}.pk8`, pkcs8, options.overwrite),
  );
}

function requireCaKey(options: CreateOptions): string {
  if (!options.caKey) throw new Error('the path to the CA key is required');
  return options.caKey;
}

async function enter(directory: string): Promise<void> {
  await makeDirectory(directory);
  warn((await readDirectory(directory)).warnings);
}

async function reusedKey(path: string, allowed: boolean): Promise<KeyObject> {
  if (!allowed) throw new Error(`CA key ${path} exists, but key reuse is disabled`);
  return createPrivateKey(await readText(path));
}

async function newCaKey(path: string, keyBits: number): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: keyBits });
  await failing(`could not write CA key to file ${path}`, () => writeKey(path, pkcs1(privateKey), false));
  return privateKey;
}

async function loadAuthority(certificatePath: string, keyPath: string): Promise<Authority> {
  return await failing(`error loading CA certificate ${certificatePath} and key ${keyPath}`, async () => {
    const [certificate] = parseCertificates(await readText(certificatePath));
    const key = createPrivateKey(await readText(keyPath));
    if (!certificate) throw new Error(`no certificates found in ${certificatePath}`);
    if (!certificate.checkPrivateKey(key)) throw new Error('private key does not match public key');
    return { certificate, key };
  });
}

function checkLifetime({ certificate }: Authority, lifetimeMs: number): void {
  const left = certificate.validToDate.getTime() - Date.now();
  if (lifetimeMs <= left) return;
  const hours = (ms: number): string => (ms / HOUR_MS).toFixed(6);
  throw new Error(
    `CA lifetime is ${hours(left)}h, shorter than the requested ${hours(lifetimeMs)}h. Renew CA certificate, ` +
      `or rerun with --lifetime=${Math.floor(left / HOUR_MS)}h for a shorter duration.`,
  );
}

function pkcs1(key: KeyObject): string {
  return key.export({ type: 'pkcs1', format: 'pem' }).toString();
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** Runs `act`. When it fails, throws a CommandError that says what was being done. */
async function failing<T>(doing: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new CommandError(`${doing}: ${(cause as Error).message}`);
  }
}
