import { parseArgs } from 'node:util';

/** What `start-single-node` was told (cockroachlabs.com/docs/stable/cockroach-start-single-node). */
export interface StartFlags {
  /** Directory with ca.crt, node.crt and node.key; none when insecure. */
  certificates: string | undefined;
  sql: { host: string; port: number };
  http: { host: string; port: number };
  background: boolean;
  pidFile: string | undefined;
  temporary: string | undefined;
  store: string;
}

const SQL_PORT = 26_257;
const HTTP_PORT = 8080;

/** Reads argv. Throws Error with a sentence for a flag that `start-single-node` does not know. */
export function readStartFlags(argv: string[]): StartFlags {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: argv,
    strict: true,
    options: {
      insecure: flag, background: flag, 'external-io-disable-http': flag, 'external-io-disable-implicit-credentials': flag, logtostderr: flag,
      'certs-dir': string, 'listen-addr': string, 'http-addr': string, 'sql-addr': string, 'advertise-addr': string, store: { ...string, short: 's' }, cache: string, 'max-sql-memory': string,
      'temp-dir': string, 'external-io-dir': string, 'pid-file': string, log: string, 'log-dir': string, 'max-disk-temp-storage': string, 'listening-url-file': string,
    },
  });
  return {
    certificates: values.insecure ? undefined : (values['certs-dir'] ?? `${process.env['HOME'] ?? '.'}/.cockroach-certs`),
    sql: address(values['sql-addr'] ?? values['listen-addr'], SQL_PORT),
    http: address(values['http-addr'], HTTP_PORT),
    background: values.background ?? false,
    pidFile: values['pid-file'],
    temporary: values['temp-dir'],
    store: values.store ?? 'cockroach-data',
  };
}

function address(value: string | undefined, port: number): { host: string; port: number } {
  const [, host, given] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(value ?? '') ?? [];
  return { host: host?.replace(/^\[|\]$/g, '') || 'localhost', port: given ? Number(given) : port };
}
