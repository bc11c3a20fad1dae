import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Flag, Given } from '../command-line/flags.ts';
import { CommandError } from '../command-line/command-error.ts';
import type { Usage } from '../command-line/usage.ts';
import { readSize } from './sizes.ts';
import { readStore, type Store } from './store.ts';

const SQL_PORT = 26_257;
const HTTP_PORT = 8080;
const STANDARD_STORE = 'cockroach-data';

/** What `start-single-node` is to do (cockroachlabs.com/docs/stable/cockroach-start-single-node). */
export interface StartOptions {
  insecure: boolean;
  /** Directory with ca.crt, node.crt and node.key. */
  certificates: string;
  sql: { host: string; port: number };
  http: { host: string; port: number };
  store: Store;
  /** Absolute path; undefined when nothing is logged to files. */
  logs: string | undefined;
  /** Whether the banner goes to stdout; without log files it goes to the log on stderr. */
  banner: boolean;
  externalIo: string | undefined;
  temporary: string | undefined;
  pidFile: string | undefined;
  background: boolean;
}

const size = (name: string, help: string): Flag => ({
  name,
  kind: 'text',
  help,
  check: (value) => wrong(readSize(value)),
});
const text = (name: string, help: string): Flag => ({ name, kind: 'text', help });
const truth = (name: string, help: string): Flag => ({ name, kind: 'truth', help });
const UNUSED = 'Taken for compatibility; the stand-in has no use for it.';

/** The command `start-single-node` with its flags. */
export const USAGE: Usage = {
  name: 'start-single-node',
  about: 'Starts a node that is a cluster of its own: a stand-in over PostgreSQL.',
  lines: ['start-single-node [flags]'],
  examples: ['cockroach start-single-node --insecure --store=attrs=ssd,path=/mnt/ssd1'],
  flags: [
    truth('insecure', 'Serve without TLS and without asking who it is.'),
    text('certs-dir', 'Directory of the certificates.'),
    text('listen-addr', `Address for SQL clients (default localhost:${SQL_PORT}).`),
    text('http-addr', `Address for /health (default localhost:${HTTP_PORT}).`),
    text('sql-addr', 'Address for SQL clients, if another than --listen-addr.'),
    text('advertise-addr', UNUSED),
    text('socket-dir', UNUSED),
    text('cluster-name', UNUSED),
    text('locality', UNUSED),
    {
      name: 'store',
      short: 's',
      kind: 'text',
      help: 'Where the data lies, as path=… or type=mem,size=…',
      check: (value) => wrong(readStore(value)),
    },
    size('cache', UNUSED),
    size('max-sql-memory', UNUSED),
    size('max-disk-temp-storage', UNUSED),
    text('max-offset', UNUSED),
    text('temp-dir', 'Directory for the files of the running node.'),
    text('external-io-dir', UNUSED),
    truth('external-io-disable-http', UNUSED),
    truth('external-io-disable-implicit-credentials', UNUSED),
    truth('accept-sql-without-tls', UNUSED),
    truth('background', 'Return when the node serves.'),
    text('pid-file', 'File to write the process id to.'),
    text('listening-url-file', UNUSED),
    text('log', 'Configuration of the log.'),
    text('log-dir', 'Deprecated: directory of the log.'),
    truth('logtostderr', UNUSED),
    text('vmodule', UNUSED),
  ],
};

/**
 * Returns what the flags say; their values have been checked. Throws CommandError for an argument that is not a flag.
 */
export function startOptions(given: Given): StartOptions {
  if (given.rest.length > 0)
    throw new CommandError(`unknown command ${JSON.stringify(given.rest[0])} for "cockroach start-single-node"`);
  const store = readStore(given.text('store') ?? STANDARD_STORE) as Store;
  const data = store.kind === 'path' ? resolve(store.path) : undefined;
  const logs = given.text('log-dir') ?? (data && join(data, 'logs'));
  const io = given.text('external-io-dir') ?? (data && join(data, 'extern'));
  return {
    insecure: given.truth('insecure'),
    certificates: given.text('certs-dir') ?? join(homedir(), '.cockroach-certs'),
    sql: address(given.text('sql-addr') ?? given.text('listen-addr'), SQL_PORT),
    http: address(given.text('http-addr'), HTTP_PORT),
    store,
    logs: logs && resolve(logs),
    banner: logs !== undefined || given.text('log') !== undefined,
    externalIo: io === 'disabled' ? undefined : io,
    temporary: given.text('temp-dir'),
    pidFile: given.text('pid-file'),
    background: given.truth('background'),
  };
}

/** Checks flags that depend on each other. Throws CommandError. */
export function checkTogether({ externalIo }: StartOptions): void {
  if (externalIo !== undefined && !isAbsolute(externalIo))
    throw new CommandError('external-io-dir path must be absolute');
}

function address(value: string | undefined, port: number): { host: string; port: number } {
  const [, host, given] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(value ?? '') ?? [];
  return { host: host?.replace(/^\[|\]$/g, '') || 'localhost', port: given ? Number(given) : port };
}

function wrong(read: string | object): string | undefined {
  return typeof read === 'string' ? read : undefined;
}
