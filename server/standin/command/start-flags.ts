import { isAbsolute } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** What `start-single-node` was told (cockroachlabs.com/docs/stable/cockroach-start-single-node). */
export interface StartFlags {
  /** Directory with ca.crt, node.crt and node.key; none when insecure. */
  certificates: string | undefined;
  sql: HostPort;
  http: HostPort;
  background: boolean;
  pidFile: string | undefined;
  temporary: string | undefined;
  store: string;
  /** Directory for logs: the banner goes to stdout then, as CockroachDB does. */
  logs: string | undefined;
}

export interface HostPort {
  host: string;
  port: number;
}

/** A refusal of the command line, with the exit code that CockroachDB has for it. */
export class FlagError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

const SQL_PORT = 26_257;
const HTTP_PORT = 8080;
const BAD_COMMAND = 1;
const BAD_VALUE = 4;
const LEAST_STORE_BYTES = 640 << 20;
const FLAGS = ['insecure', 'background', 'external-io-disable-http', 'external-io-disable-implicit-credentials', 'logtostderr', 'accept-sql-without-tls'];
const VALUES = [
  'certs-dir', 'listen-addr', 'http-addr', 'sql-addr', 'advertise-addr', 'cache', 'max-sql-memory', 'temp-dir', 'external-io-dir', 'pid-file', 'log', 'log-dir',
  'max-disk-temp-storage', 'listening-url-file', 'socket-dir', 'cluster-name', 'locality', 'attrs',
];

/** Reads argv. Throws FlagError for what CockroachDB would not take either. */
export function readStartFlags(argv: string[]): StartFlags {
  const options: ParseArgsOptionsConfig = {};
  for (const name of FLAGS) options[name] = { type: 'boolean' };
  for (const name of VALUES) options[name] = { type: 'string' };
  const { values, positionals } = parse(argv, { ...options, store: { type: 'string', short: 's' } });
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  if (positionals.length > 0) throw new FlagError(`unknown command "${positionals[0]}" for "cockroach start-single-node"`, BAD_COMMAND);
  for (const name of ['cache', 'max-sql-memory']) checkSize(name, text(name));
  const store = text('store') ?? 'cockroach-data';
  checkStore(store);
  const external = text('external-io-dir');
  if (external !== undefined && external !== 'disabled' && !isAbsolute(external)) throw new FlagError('external-io-dir path must be absolute', BAD_COMMAND);
  return {
    certificates: values['insecure'] ? undefined : (text('certs-dir') ?? `${process.env['HOME'] ?? '.'}/.cockroach-certs`),
    sql: address(text('sql-addr') ?? text('listen-addr'), SQL_PORT),
    http: address(text('http-addr'), HTTP_PORT),
    background: values['background'] === true,
    pidFile: text('pid-file'),
    temporary: text('temp-dir'),
    store,
    logs: text('log-dir'),
  };
}

function parse(argv: string[], options: ParseArgsOptionsConfig): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: argv, strict: true, allowPositionals: true, options });
  } catch (error) {
    const unknown = /Unknown option '(--?[\w-]+)/.exec((error as Error).message)?.[1];
    throw new FlagError(unknown === undefined ? (error as Error).message : `unknown flag: ${unknown}`, BAD_COMMAND);
  }
}

/** `640MiB`, `25%`, `.25`, `1GB`: CockroachDB's sizes. */
function checkSize(name: string, value: string | undefined): void {
  if (value !== undefined && !/^[\d.]+\s*(%|[kmgt]?i?b?)?$/i.test(value)) throw new FlagError(`invalid argument "${value}" for "--${name}" flag: strconv.ParseFloat: parsing "": invalid syntax`, BAD_VALUE);
}

function checkStore(store: string): void {
  const fields = new Map(store.split(',').map((field) => [field.split('=', 1)[0]!, field.slice(field.indexOf('=') + 1)]));
  const refuse = (why: string): never => {
    throw new FlagError(`invalid argument "${store}" for "-s, --store" flag: ${why}`, BAD_VALUE);
  };
  const type = fields.get('type');
  if (type !== undefined && type !== 'mem') refuse(`${type} is not a valid store type`);
  if (type !== 'mem') return;
  if (fields.has('path')) refuse('path specified for in memory store');
  const size = fields.get('size');
  if (size === undefined) return refuse('size must be specified for an in memory store');
  const [, number, unit] = /^([\d.]+)([KMG]iB)$/.exec(size) ?? [];
  const bytes = Number(number) * ({ KiB: 1 << 10, MiB: 1 << 20, GiB: 1 << 30 }[unit ?? ''] ?? Infinity);
  if (bytes < LEAST_STORE_BYTES) refuse(`store size (${size}) must be larger than 640 MiB`);
}

function address(value: string | undefined, port: number): HostPort {
  const [, host, given] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(value ?? '') ?? [];
  return { host: host?.replace(/^\[|\]$/g, '') || 'localhost', port: given ? Number(given) : port };
}
