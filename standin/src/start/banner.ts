import { tmpdir } from 'node:os';
import { BUILD } from '../identity/claimed-version.ts';
import type { StartOptions } from './options.ts';
import { showStore } from './store.ts';

const LABEL_COLUMNS = 21;

/** Returns the banner of a running node. It says which program this really is. */
export function banner(options: StartOptions, node: { clusterId: string; tookMs: number }): string {
  const { host, port } = options.sql;
  const started = new Date().toISOString().replace('T', ' ').replace('Z', '');
  const flags = options.insecure ? '--insecure' : `--certs-dir=${options.certificates}`;
  const facts: [string, string | undefined][] = [
    ['webui:', `http${options.insecure ? '' : 's'}://${options.http.host}:${options.http.port}`],
    ['sql:', `postgresql://root@${host}:${port}?${urlQuery(options)}`],
    ['RPC client flags:', `cockroach <client cmd> --host=${host}:${port} ${flags}`],
    ['logs:', options.logs],
    ['temp dir:', options.temporary ?? tmpdir()],
    ['external I/O path:', options.externalIo ?? '<disabled>'],
    ['store[0]:', showStore(options.store)],
    ['storage engine:', 'PostgreSQL'],
    ['status:', 'initialized new cluster'],
    ['clusterID:', node.clusterId],
    ['nodeID:', '1'],
  ];
  return [
    `CockroachDB node starting at ${started} +0000 UTC (took ${(node.tookMs / 1000).toFixed(1)}s)`,
    `build: ${BUILD}`,
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [name.padEnd(LABEL_COLUMNS) + value])),
    '',
  ].join('\n');
}

/** Returns how root's client connects, as the query of a URL. */
function urlQuery({ insecure, certificates }: StartOptions): string {
  if (insecure) return 'sslmode=disable';
  const parameters = {
    sslcert: `${certificates}/client.root.crt`,
    sslkey: `${certificates}/client.root.key`,
    sslmode: 'verify-full',
    sslrootcert: `${certificates}/ca.crt`,
  };
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
