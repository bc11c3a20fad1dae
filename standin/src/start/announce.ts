import { tmpdir } from 'node:os';
import { BUILD } from '../identity/claimed-version.ts';
import type { StartOptions } from './options.ts';
import { showStore } from './store.ts';

const ISSUE = 'https://go.crdb.dev/issue-v/53404/v21.1';
const MANUAL = 'https://www.cockroachlabs.com/docs/v21.1/secure-a-cluster.html';
const SOURCE = '1@cli/start.go:1  [-]';

/** What is said before an insecure node starts; the words are those recorded. `where` says who can reach it. */
export function insecureWarning(where: string): string {
  return [
    '*',
    '* WARNING: ALL SECURITY CONTROLS HAVE BEEN DISABLED!',
    '* ',
    '* This mode is intended for non-production testing only.',
    '* ',
    '* In this mode:',
    `* - Your cluster is open to any client that can access ${where}.`,
    '* - Intruders with access to your machine or network can observe client-server traffic.',
    '* - Intruders can log in without password and read or write any data in the cluster.',
    "* - Intruders can consume all your server's resources and cause unavailability.",
    '*',
    '*',
    '* INFO: To start a secure server without mandating TLS for clients,',
    '* consider --accept-sql-without-tls instead. For other options, see:',
    '* ',
    `* - ${ISSUE}`,
    `* - ${MANUAL}`,
    '*',
    '',
  ].join('\n');
}

/** What is said of a deprecated `--log-dir`. */
export const LOG_DIR_NOTICE = 'Flag --log-dir has been deprecated, use --log instead to specify file-defaults.dir.\n';

/** An error as it is shouted on stderr, before it is told as the command's own. */
export function shouted(message: string): string {
  return `*\n${`ERROR: ERROR: ${message}`.replace(/^/gm, '* ')}\n*\n`;
}

/** The banner of a node that serves. It says which program this really is. */
export function banner(options: StartOptions, node: { clusterId: string; tookMs: number }): string {
  const { host, port } = options.sql;
  const { certificates: certs } = options;
  const started = new Date().toISOString().replace('T', ' ').replace('Z', '');
  const query = options.insecure
    ? 'sslmode=disable'
    : ['sslcert', 'sslkey', 'sslmode', 'sslrootcert']
        .map(
          (name) =>
            `${name}=${encodeURIComponent({ sslcert: `${certs}/client.root.crt`, sslkey: `${certs}/client.root.key`, sslmode: 'verify-full', sslrootcert: `${certs}/ca.crt` }[name]!)}`,
        )
        .join('&');
  const facts: [string, string][] = [
    ['webui:', `http${options.insecure ? '' : 's'}://${options.http.host}:${options.http.port}`],
    ['sql:', `postgresql://root@${host}:${port}?${query}`],
    [
      'RPC client flags:',
      `cockroach <client cmd> --host=${host}:${port} ${options.insecure ? '--insecure' : `--certs-dir=${certs}`}`,
    ],
    ...(options.logs === undefined ? [] : [['logs:', options.logs] as [string, string]]),
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
    ...facts.map(([name, value]) => name.padEnd(21) + value),
    '',
  ].join('\n');
}

/** A text as lines of the log, as they go to stderr when nothing else was asked for. */
export function logLines(severity: 'I' | 'W' | 'E', text: string): string {
  const now = new Date().toISOString();
  const head = `${severity}${now.slice(2, 10).replaceAll('-', '')} ${now.slice(11, 23)}000 1 ${SOURCE} 1  `;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${head}${line}\n`)
    .join('');
}
