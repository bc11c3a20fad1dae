import { logLines } from './log-lines.ts';
import type { StartOptions } from './options.ts';

const ISSUE = 'https://go.crdb.dev/issue-v/53404/v21.1';
const MANUAL = 'https://www.cockroachlabs.com/docs/v21.1/secure-a-cluster.html';
const STARTING = `starting the stand-in for CockroachDB: a wire proxy over PostgreSQL
no log files were asked for: logging to stderr
store and addresses as given by the flags`;

/** Printed when the deprecated `--log-dir` was given. */
export const LOG_DIR_NOTICE = 'Flag --log-dir has been deprecated, use --log instead to specify file-defaults.dir.\n';

/** Returns what is printed before an insecure node starts, as recorded. `where` says who can reach the node. */
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

/** Returns an error in the frame in which it appears on stderr, before it is printed as the command's own. */
export function shouted(message: string): string {
  return `*\n${`ERROR: ERROR: ${message}`.replace(/^/gm, '* ')}\n*\n`;
}

/** Prints on stderr what a node prints before it starts. */
export function announce(options: StartOptions): void {
  const { sql, http } = options;
  const warning = options.insecure ? insecureWarning(sql.host || 'any of your IP addresses') : '';
  if (options.banner) {
    process.stderr.write(warning);
    return;
  }
  const where = [
    `SQL: ${sql.host}:${sql.port}`,
    `HTTP: ${http.host}:${http.port}`,
    `certificates: ${options.certificates}`,
  ].join('\n');
  process.stderr.write(logLines('I', STARTING) + (options.insecure ? logLines('W', warning) : logLines('I', where)));
}
