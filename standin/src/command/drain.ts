import { CommandError } from '../command-line/command-error.ts';
import { checkDuration } from '../command-line/duration.ts';
import type { Flag } from '../command-line/flags.ts';
import { runCommand } from '../command-line/run-command.ts';
import { connectOptions } from '../shell/connect-options.ts';
import { errorText } from '../shell/error-text.ts';
import { readResults } from '../shell/results.ts';
import { ServerConnection } from '../shell/server-connection.ts';

const FLAGS: Flag[] = [
  { name: 'host', kind: 'text', help: 'Address of the node, as host or host:port (env COCKROACH_HOST).' },
  { name: 'port', short: 'p', kind: 'text', help: 'Port of the node (env COCKROACH_PORT).' },
  { name: 'insecure', kind: 'truth', help: 'Connect to a cluster without security (env COCKROACH_INSECURE).' },
  { name: 'certs-dir', kind: 'text', help: 'Directory of the certificates (env COCKROACH_CERTS_DIR).' },
  { name: 'url', kind: 'text', help: 'Connection URL (env COCKROACH_URL).' },
  {
    name: 'drain-wait',
    kind: 'text',
    help: 'How long to wait at most. The stand-in drains at once.',
    check: checkDuration,
  },
  { name: 'self', kind: 'truth', help: 'Drain the node that --host names, as is done anyway.' },
];

const USAGE = {
  name: 'node drain',
  about: 'Makes the node refuse new clients. It does not end the node.',
  lines: ['node drain [flags]'],
  flags: FLAGS,
};

/** `cockroach node drain`: has the node refuse new clients from now on. Returns the exit code. */
export async function drain(argv: string[]): Promise<number> {
  return await runCommand(USAGE, argv, async (given) => {
    const options = { ...connectOptions(given, process.env), user: 'root', database: 'defaultdb' };
    const connection = await ServerConnection.open(options, async () => undefined);
    try {
      process.stderr.write('node is draining... ');
      const { error } = readResults(await connection.query('SELECT crdb_internal.standin_drain()'));
      if (error) throw new CommandError(errorText(error, { severity: false }));
      process.stderr.write('remaining: 0 (complete)\n');
      process.stdout.write('ok\n');
      return 0;
    } finally {
      await connection.close();
    }
  });
}
