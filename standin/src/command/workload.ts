import { CommandError } from '../command-line/command-error.ts';
import type { Flag, Given } from '../command-line/flags.ts';
import { runCommand } from '../command-line/run-command.ts';
import type { Usage } from '../command-line/usage.ts';
import { checkUrl, connectOptions, type ConnectOptions } from '../shell/connect-options.ts';
import { bank } from '../workload/bank.ts';
import { kv } from '../workload/kv.ts';
import { loadWorkload } from '../workload/load-workload.ts';
import { movr } from '../workload/movr.ts';
import type { Workload } from '../workload/workload.ts';

const WORKLOADS: Record<string, Workload> = { bank, kv, movr };

const FLAGS: Flag[] = [
  { name: 'drop', kind: 'truth', help: 'Drop the database first, if it exists.' },
  { name: 'db', kind: 'text', help: "Name of the database (default the workload's name)." },
  { name: 'user', kind: 'text', help: 'Database user, without a URL (default root).' },
  { name: 'secure', kind: 'truth', help: 'Without a URL, connect with the certificates in certs/.' },
  { name: 'data-loader', kind: 'text', help: 'How to load rows; here always by INSERT.' },
];

const USAGE: Usage = {
  name: 'workload',
  about: 'Fills databases with the data of example workloads.',
  lines: ['workload [flags]', 'workload init <workload> [pgurl...] [flags]'],
  commands: Object.entries(WORKLOADS).map(([name, { about }]) => [`init ${name}`, about]),
  flags: [],
};

/** `cockroach workload init …`: makes and fills the tables of an example. Returns the exit code. */
export async function workload([command = '', name = '', ...argv]: string[]): Promise<number> {
  const found = command === 'init' && Object.hasOwn(WORKLOADS, name) ? WORKLOADS[name]! : undefined;
  if (!found) return await runCommand(USAGE, [command, name, ...argv].filter(Boolean), (given) => refuse(given.rest));
  const usage: Usage = {
    name: `workload init ${name}`,
    about: found.about,
    lines: [`workload init ${name} [pgurl...] [flags]`],
    flags: [...found.flags, ...FLAGS],
  };
  return await runCommand(usage, argv, async (given) => {
    await loadWorkload(target(given, name), found.tables(given), found, given.truth('drop'));
    return 0;
  });
}

function refuse([command, name]: string[]): Promise<never> {
  if (command === undefined) throw new CommandError(`name a workload: ${known()}`);
  if (command !== 'init')
    throw new CommandError(`the stand-in for CockroachDB does not have "cockroach workload ${command}"`);
  throw new CommandError(
    name === undefined
      ? `name a workload: ${known()}`
      : `the stand-in for CockroachDB does not have the workload ${JSON.stringify(name)}; it has ${known()}`,
  );
}

function known(): string {
  return Object.keys(WORKLOADS).join(', ');
}

/** Returns where to load to: the URL's database, or one with the workload's name. */
function target(given: Given, name: string): ConnectOptions {
  const user = given.text('user') ?? 'root';
  const files = `sslrootcert=certs/ca.crt&sslcert=certs/client.${user}.crt&sslkey=certs/client.${user}.key`;
  const security = given.truth('secure') ? `sslmode=require&${files}` : 'sslmode=disable';
  const url = given.rest[0] ?? `postgres://${encodeURIComponent(user)}@localhost:26257?${security}`;
  const wrong = checkUrl(url);
  if (wrong !== undefined) throw new CommandError(wrong);
  const own = new URL(url).pathname.slice(1);
  const only: Given = { ...given, text: (flag) => (flag === 'url' ? url : undefined), truth: () => false };
  return { ...connectOptions(only, {}), database: (given.text('db') ?? decodeURIComponent(own)) || name };
}
