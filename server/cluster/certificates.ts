import { AppError } from '../errors.ts';
import { ENGINE_DIRECTORY, READER_HOME } from '../sandbox-layout.ts';
import type { ClusterHost } from './cluster-host.ts';
import { DatabaseError } from './database-error.ts';

const CERTS = `${READER_HOME}/certs`;
const CA_KEY = `${READER_HOME}/my-safe-directory/ca.key`;

/** The engine's own certificates: mode 0700, out of the reader's reach. Made from memory, gone with the sandbox. */
export const ENGINE_CERTS = `${ENGINE_DIRECTORY}/certs`;
const ENGINE_CA_KEY = `${ENGINE_DIRECTORY}/ca.key`;

const COMMAND_MS = 20_000;
const KEY_MODE = 0o600;
const CERT_MODE = 0o644;
const MAX_PEM_BYTES = 16_384;

/** What a TLS client needs: all PEM. */
export interface ClientCertificate {
  ca: string;
  cert: string;
  key: string;
}

/**
 * Makes the CA, the node's and root's certificates with `cockroach cert` as the engine's account, and gives the reader
 * copies in `certs/` and `my-safe-directory/` where the tutorials look for them. What the server uses is never read
 * back from the reader's side: the reader can change theirs at will.
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
 * Returns the server's certificate for a user, signed when it is first needed with the engine's own copy of the CA key.
 * Throws DatabaseError for a user who cannot have one: readers choose the names.
 */
export async function clientCertificate(host: ClusterHost, name: string): Promise<ClientCertificate> {
  // Users are the same in capitals and without, and the files have the name without.
  const user = name.toLowerCase();
  const read = async (file: string): Promise<string> =>
    (await host.readFile('engine', `${ENGINE_CERTS}/${file}`, MAX_PEM_BYTES)).toString('utf8');
  const key = await read(`client.${user}.key`).catch(async () => {
    await cert(host, 'create-client', user).catch((cause: unknown) => {
      throw cause instanceof NotMade ? new DatabaseError(`no certificate can be made for the user "${user}"`) : cause;
    });
    return await read(`client.${user}.key`);
  });
  return { ca: await read('ca.crt'), cert: await read(`client.${user}.crt`), key };
}

async function cert(host: ClusterHost, command: string, ...names: string[]): Promise<void> {
  const argv = ['cockroach', 'cert', command, ...names, `--certs-dir=${ENGINE_CERTS}`, `--ca-key=${ENGINE_CA_KEY}`];
  let said = '';
  const { exitCode } = await host.run(
    { account: 'engine', argv, cwd: ENGINE_DIRECTORY, timeoutMs: COMMAND_MS, outputBytes: 65_536 },
    (_, bytes) => {
      said += bytes.toString('utf8');
    },
  ).ended;
  if (exitCode !== 0) throw new NotMade(`${argv.join(' ')}: exit ${exitCode}: ${said}`);
}

/** `cockroach cert` ended with an error. */
class NotMade extends AppError {
  constructor(cause: string) {
    super('unavailable', 'The cluster’s certificates could not be made.', { cause });
  }
}
