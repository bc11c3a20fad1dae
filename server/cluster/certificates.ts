import { AppError } from '../errors.ts';
import { ENGINE_DIRECTORY, READER_HOME } from '../sandbox-layout.ts';
import type { ClusterHost } from './cluster-host.ts';
import { DatabaseError } from './database-error.ts';
import { CERTIFICATES_NOT_MADE } from '../sentences/unavailable-sentences.ts';
import { noCertificateFor } from '../sentences/database-sentences.ts';

const CERTS = `${READER_HOME}/certs`;
const CA_KEY = `${READER_HOME}/my-safe-directory/ca.key`;

/** The folder of the engine's certificates: in memory, mode 0700, so that readers cannot enter it. */
export const ENGINE_CERTS = `${ENGINE_DIRECTORY}/certs`;
const ENGINE_CA_KEY = `${ENGINE_DIRECTORY}/ca.key`;

const COMMAND_MS = 20_000;
const KEY_MODE = 0o600;
const CERT_MODE = 0o644;
const MAX_PEM_BYTES = 16_384;

/** What a TLS client needs, all as PEM. */
export interface ClientCertificate {
  ca: string;
  cert: string;
  key: string;
}

/**
 * Creates the certificates of the CA, the node and root with `cockroach cert` under the engine's account, and copies
 * them into the reader's `certs/` and `my-safe-directory/`, where the tutorials expect them. The server never uses the
 * reader's copies, which the reader can change. Throws AppError `unavailable` when that fails.
 */
export async function makeCertificates(host: ClusterHost): Promise<void> {
  await cert(host, 'create-ca');
  await cert(host, 'create-node', 'localhost', '127.0.0.1', '::1');
  await cert(host, 'create-client', 'root');
  const copies: [from: string, to: string, mode: number][] = [
    [ENGINE_CA_KEY, CA_KEY, KEY_MODE],
    ...['ca.crt', 'node.crt', 'client.root.crt'].map((n): [string, string, number] => [
      `${ENGINE_CERTS}/${n}`,
      `${CERTS}/${n}`,
      CERT_MODE,
    ]),
    ...['node.key', 'client.root.key'].map((n): [string, string, number] => [
      `${ENGINE_CERTS}/${n}`,
      `${CERTS}/${n}`,
      KEY_MODE,
    ]),
  ];
  for (const [from, to, mode] of copies) {
    await host.writeFile('reader', to, await host.readFile('engine', from, MAX_PEM_BYTES), mode);
  }
}

/**
 * Returns the certificate with which the server connects as that user. It is signed on first use, with the engine's
 * copy of the CA key. Throws DatabaseError when `cockroach cert` refuses the name, which readers choose.
 */
export async function clientCertificate(host: ClusterHost, name: string): Promise<ClientCertificate> {
  // User names are case-insensitive, and the files are named in lower case.
  const user = name.toLowerCase();
  const read = async (file: string): Promise<string> =>
    (await host.readFile('engine', `${ENGINE_CERTS}/${file}`, MAX_PEM_BYTES)).toString('utf8');
  const key = await read(`client.${user}.key`).catch(async () => {
    await cert(host, 'create-client', user).catch((cause: unknown) => {
      throw cause instanceof CertFailure ? new DatabaseError(noCertificateFor(user)) : cause;
    });
    return await read(`client.${user}.key`);
  });
  return { ca: await read('ca.crt'), cert: await read(`client.${user}.crt`), key };
}

async function cert(host: ClusterHost, command: string, ...names: string[]): Promise<void> {
  const argv = ['cockroach', 'cert', command, ...names, `--certs-dir=${ENGINE_CERTS}`, `--ca-key=${ENGINE_CA_KEY}`];
  let output = '';
  const { exitCode } = await host.run(
    { account: 'engine', argv, cwd: ENGINE_DIRECTORY, timeoutMs: COMMAND_MS, outputBytes: 65_536 },
    (_, bytes) => {
      output += bytes.toString('utf8');
    },
  ).ended;
  if (exitCode !== 0) throw new CertFailure(`${argv.join(' ')}: exit ${exitCode}: ${output}`);
}

/** `cockroach cert` ended with an error. */
class CertFailure extends AppError {
  constructor(cause: string) {
    super('unavailable', CERTIFICATES_NOT_MADE, { cause });
  }
}
