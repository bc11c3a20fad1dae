import { resolve } from 'node:path';
import type { StartFlags } from './start-flags.ts';

/** What a started node says of itself, in the form of CockroachDB's own banner; it says that it is a stand-in. */
export function banner(flags: StartFlags, tookMs: number): string {
  const { certificates: certs, sql, http } = flags;
  const encoded = (name: string): string => encodeURIComponent(`${certs}/${name}`);
  const login = certs === undefined ? 'sslmode=disable' : `sslcert=${encoded('client.root.crt')}&sslkey=${encoded('client.root.key')}&sslmode=verify-full&sslrootcert=${encoded('ca.crt')}`;
  const rows: [string, string][] = [
    ['build', 'CCL v25.2.0 (stand-in for CockroachDB, over PostgreSQL)'],
    ['webui', `${certs === undefined ? 'http' : 'https'}://${http.host}:${http.port} (health only)`],
    ['sql', `postgresql://root@${sql.host}:${sql.port}?${login}`],
    ['RPC client flags', `cockroach <client cmd> --host=${sql.host}:${sql.port} ${certs === undefined ? '--insecure' : `--certs-dir=${certs}`}`],
    ...(flags.logs === undefined ? [] : ([['logs', resolve(flags.logs)]] as [string, string][])),
    ['storage engine', 'PostgreSQL'],
    ['status', 'initialized new cluster'],
    ['nodeID', '1'],
  ];
  const started = new Date().toISOString().replace('T', ' ').replace('Z', ' +0000 UTC');
  return [`CockroachDB node starting at ${started} (took ${(tookMs / 1000).toFixed(1)}s)`, ...rows.map(([name, value]) => `${`${name}:`.padEnd(20)} ${value}`), ''].join('\n');
}
