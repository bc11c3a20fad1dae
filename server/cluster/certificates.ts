import { AppError } from '../errors.ts';
import { ENGINE_DIRECTORY, READER_HOME } from '../sandbox-layout.ts';
import type { ClusterHost } from './cluster-host.ts';
import { DatabaseError } from './database-error.ts';
import { CERTIFICATES_NOT_MADE } from '../sentences/unavailable-sentences.ts';
import { noCertificateFor } from '../sentences/database-sentences.ts';

const CERTS = `${READER_HOME}/certs`;
const CA_KEY = `${READER_HOME}/my-safe-directory/ca.key`;

/** The folder of the engine's certificates: in memory, in a folder of mode 0700, which readers cannot enter. */
export const ENGINE_CERTS = `${ENGINE_DIRECTORY}/certs`;
const ENGINE_CA_KEY = `${ENGINE_DIRECTORY}/ca.key`;

const COMMAND_MS = 20_000;
const KEY_MODE = 0o600;
const CERT_MODE = 0o644;
const MAX_PEM_BYTES = 16_384;

const FLAGS = [`--certs-dir=${ENGINE_CERTS}`, `--ca-key=${ENGINE_CA_KEY}`];
/** Makes a set of certificates, in place of an earlier one: one container may make many. */
const MAKE_SET = [
  `rm -rf ${ENGINE_CERTS} ${ENGINE_CA_KEY}`,
  ...['create-ca', 'create-node localhost 127.0.0.1 ::1', 'create-client root'].map((command) =>
    ['cockroach', 'cert', command, ...FLAGS].join(' '),
  ),
].join(' && ');

/** The certificates and keys of the CA, the node and root, as PEM. No two clusters may have the same. */
export interface CertificateSet {
  'ca.crt': Buffer;
  'ca.key': Buffer;
  'node.crt': Buffer;
  'node.key': Buffer;
  'client.root.crt': Buffer;
  'client.root.key': Buffer;
}

/** What a TLS client needs, all as PEM. */
export interface ClientCertificate {
  ca: string;
  cert: string;
  key: string;
}

/**
 * Makes certificates with `cockroach cert` under the engine's account. `host` may be a container without a cluster,
 * and must be one in which no reader's code has run. Throws AppError `unavailable` when that fails.
 */
export async function makeCertificates(host: ClusterHost): Promise<CertificateSet> {
  await runAsEngine(host, ['sh', '-c', MAKE_SET]);
  const read = (name: string): Promise<Buffer> => host.readFile('engine', engineFile(name), MAX_PEM_BYTES);
  const [caCrt, caKey, nodeCrt, nodeKey, rootCrt, rootKey] = await Promise.all([
    read('ca.crt'),
    read('ca.key'),
    read('node.crt'),
    read('node.key'),
    read('client.root.crt'),
    read('client.root.key'),
  ]);
  return {
    'ca.crt': caCrt,
    'ca.key': caKey,
    'node.crt': nodeCrt,
    'node.key': nodeKey,
    'client.root.crt': rootCrt,
    'client.root.key': rootKey,
  };
}

/**
 * Writes certificates into the engine's folder, and copies into the reader's `certs/` and `my-safe-directory/`, where
 * the tutorials expect them. The server never uses the reader's copies, which the reader can change.
 */
export async function placeCertificates(host: ClusterHost, set: CertificateSet): Promise<void> {
  await Promise.all(
    Object.entries(set).flatMap(([name, bytes]: [string, Buffer]) => {
      const mode = name.endsWith('.key') ? KEY_MODE : CERT_MODE;
      return [
        host.writeFile('engine', engineFile(name), bytes, mode),
        host.writeFile('reader', name === 'ca.key' ? CA_KEY : `${CERTS}/${name}`, bytes, mode),
      ];
    }),
  );
}

/** Returns the certificate of a set with which the server connects as root. */
export function rootCertificate(set: CertificateSet): ClientCertificate {
  return {
    ca: set['ca.crt'].toString('utf8'),
    cert: set['client.root.crt'].toString('utf8'),
    key: set['client.root.key'].toString('utf8'),
  };
}

/**
 * Returns the certificate with which the server connects as that user. It is signed on first use, with the engine's
 * copy of the CA key. Throws DatabaseError when `cockroach cert` refuses the name, which readers choose.
 */
export async function clientCertificate(host: ClusterHost, name: string): Promise<ClientCertificate> {
  // User names are case-insensitive, and the files are named in lower case.
  const user = name.toLowerCase();
  const read = async (file: string): Promise<string> =>
    (await host.readFile('engine', engineFile(file), MAX_PEM_BYTES)).toString('utf8');
  const key = await read(`client.${user}.key`).catch(async () => {
    await runAsEngine(host, ['cockroach', 'cert', 'create-client', user, ...FLAGS]).catch((cause: unknown) => {
      throw cause instanceof CertFailure ? new DatabaseError(noCertificateFor(user)) : cause;
    });
    return await read(`client.${user}.key`);
  });
  return { ca: await read('ca.crt'), cert: await read(`client.${user}.crt`), key };
}

function engineFile(name: string): string {
  return name === 'ca.key' ? ENGINE_CA_KEY : `${ENGINE_CERTS}/${name}`;
}

async function runAsEngine(host: ClusterHost, argv: string[]): Promise<void> {
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
