import { CommandError } from '../command-line/command-error.ts';
import { runCommand } from '../command-line/run-command.ts';
import { helpText, type Usage } from '../command-line/usage.ts';
import { insecureWarning, shouted } from '../start/announce.ts';
import { versionDetails } from './version.ts';

type Command = (argv: string[]) => Promise<number>;

/** CockroachDB's commands that the stand-in does not have. */
const ABSENT = [
  'connect',
  'init',
  'statement-diag',
  'auth-session',
  'node',
  'nodelocal',
  'userfile',
  'import',
  'demo',
  'gen',
  'debug',
  'sqlfmt',
  'systembench',
];

const NO_JOIN =
  "no --join flags provided to 'cockroach start'\n" +
  "HINT: Consider using 'cockroach init' or 'cockroach start-single-node' instead";
const BUILD_TAG_HINT = "(use 'cockroach version --build-tag' to display only the build tag)\n";

const USAGE: Usage = {
  name: 'cockroach',
  about: 'CockroachDB command-line interface and server: a stand-in over PostgreSQL.',
  lines: ['[command]'],
  commands: [
    ['start-single-node', 'start a single-node cluster'],
    ['cert', 'create ca, node, and client certs'],
    ['sql', 'open a sql shell'],
    ['node drain', 'drain the node'],
    ['workload', 'fill a database with example data'],
    ['version', 'output version information'],
    ['help', 'Help about any command'],
  ],
  flags: [{ name: 'version', kind: 'truth', help: 'Tell what this is.' }],
};

/**
 * `cockroach` without a command that the stand-in has: help, `--version`, and a refusal of the rest. `load` returns the
 * command with a name, for `cockroach help NAME`. Returns the exit code.
 */
export async function help(argv: string[], load: (name: string) => Promise<Command | undefined>): Promise<number> {
  if (argv[0] === 'help' && argv.length > 1) {
    const command = (await load(argv.slice(1).join(' '))) ?? (await load(argv[1]!));
    if (command) return await command([...argv.slice(2), '--help']);
  }
  if (argv[0] === 'start') return refuseStart(argv.slice(1));
  const words = argv[0] === 'help' ? argv.slice(1) : argv;
  const absent = ABSENT.includes(words[0] ?? '');
  return await runCommand(USAGE, absent ? [] : words, async (given) => {
    if (absent)
      throw new CommandError(`the stand-in for CockroachDB does not have the command "cockroach ${words[0]}"`);
    const [name] = given.rest;
    if (name !== undefined) throw new CommandError(`unknown command ${JSON.stringify(name)} for "cockroach"`);
    if (given.truth('version'))
      process.stdout.write(`cockroach version details:\n${versionDetails()}${BUILD_TAG_HINT}`);
    else process.stdout.write(helpText(USAGE));
    return 0;
  });
}

/** Refuses `cockroach start`, which starts one node of several: the stand-in is always a cluster of one node. */
function refuseStart(argv: string[]): number {
  const joins = argv.some((word) => /^(--join|-j)/.test(word));
  const message = joins ? 'the stand-in for CockroachDB has no clusters of several nodes' : NO_JOIN;
  const warning = argv.includes('--insecure') ? insecureWarning('any of your IP addresses') : '';
  process.stderr.write(`${warning}${shouted(message)}ERROR: ${message}\nFailed running "start"\n`);
  return 1;
}
