import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Given } from '../command-line/flags.ts';

const PORT = 26257;

/** How to reach a server, and as which user. */
export interface ConnectOptions {
  host: string;
  port: number;
  user: string;
  database: string;
  password: string | undefined;
  tls: Tls;
  /** Whether `--insecure` was given: errors then advise the user to leave it out. */
  insecure: boolean;
}

/**
 * Where the certificates are: in a `directory`, under the names that `cockroach cert` gives them, or in the `files` of
 * a URL.
 */
export type Tls =
  | { kind: 'off' }
  | { kind: 'directory'; path: string }
  | { kind: 'files'; verify: 'none' | 'ca' | 'full'; ca?: string; cert?: string; key?: string };

/** Combines flags, the URL and the environment. Flags win over the URL, and the URL wins over the environment. */
export function connectOptions(given: Given, env: NodeJS.ProcessEnv): ConnectOptions {
  const url = given.text('url') ?? env.COCKROACH_URL;
  const from = url === undefined ? {} : readUrl(new URL(url));
  const address = splitAddress(given.text('host') ?? (from.host ? undefined : env.COCKROACH_HOST) ?? '');
  const port = given.text('port') ?? address.port ?? from.port ?? env.COCKROACH_PORT;
  const insecure =
    given.text('insecure') === undefined && !from.tls
      ? /^(1|t|true)$/i.test(env.COCKROACH_INSECURE ?? '')
      : given.truth('insecure');
  const directory = given.text('certs-dir') ?? env.COCKROACH_CERTS_DIR ?? join(homedir(), '.cockroach-certs');
  return {
    host: address.host || from.host || 'localhost',
    port: Number(port ?? PORT),
    user: given.text('user') ?? from.user ?? env.COCKROACH_USER ?? 'root',
    database: given.text('database') ?? from.database ?? env.COCKROACH_DATABASE ?? 'defaultdb',
    password: from.password,
    tls: insecure ? { kind: 'off' } : (from.tls ?? { kind: 'directory', path: directory }),
    insecure,
  };
}

/** Returns what is wrong with a URL, in the words of the flag's error; undefined when it is valid. */
export function checkUrl(url: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? '';
  if (scheme !== 'postgresql' && scheme !== 'postgres')
    return `URL scheme must be "postgresql", not ${JSON.stringify(scheme)}`;
  return URL.canParse(url) ? undefined : `parse ${JSON.stringify(url)}: invalid URL`;
}

function readUrl(url: URL): Partial<Omit<ConnectOptions, 'port'>> & { port?: string } {
  const query = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const mode = query('sslmode');
  const verify = mode === 'require' ? 'none' : mode === 'verify-ca' ? 'ca' : 'full';
  const files = { ca: query('sslrootcert'), cert: query('sslcert'), key: query('sslkey') };
  const tls: Tls | undefined =
    mode === undefined ? undefined : mode === 'disable' ? { kind: 'off' } : { kind: 'files', verify, ...files };
  return {
    host: url.hostname || undefined,
    port: url.port || undefined,
    user: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)) || undefined,
    tls,
  };
}

function splitAddress(address: string): { host: string; port: string | undefined } {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(address) ?? [];
  return { host: bracketed ?? plain ?? address, port };
}
