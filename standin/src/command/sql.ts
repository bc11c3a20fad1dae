import { CommandError } from '../command-line/command-error.ts';
import { checkDuration, parseDuration } from '../command-line/duration.ts';
import type { Flag, Given } from '../command-line/flags.ts';
import { runCommand } from '../command-line/run-command.ts';
import { checkUrl, connectOptions } from '../shell/connect-options.ts';
import { Executor } from '../shell/executor.ts';
import { FORMATS, type Format } from '../shell/formats.ts';
import { runLines, runStatements } from '../shell/run-input.ts';
import { ServerConnection } from '../shell/server-connection.ts';
import { invalidFormat, Settings } from '../shell/settings.ts';

const FLAGS: Flag[] = [
  {
    name: 'execute',
    short: 'e',
    kind: 'list',
    help: 'Statements to execute instead of a session; may be given several times.',
  },
  { name: 'file', short: 'f', kind: 'text', help: 'Read statements from this file.' },
  {
    name: 'format',
    kind: 'text',
    help: `How to print answers: ${FORMATS.join(', ')} (default table on a terminal, else tsv).`,
    check: checkFormat,
  },
  { name: 'set', kind: 'list', help: 'Set a client-side variable, as name=value.' },
  {
    name: 'watch',
    kind: 'text',
    help: 'Repeat the statements of --execute, with this pause between.',
    check: checkDuration,
  },
  { name: 'embedded', kind: 'truth', help: 'Welcome without what an embedded shell cannot change.' },
  { name: 'echo-sql', kind: 'truth', help: 'Show the statements that are sent.' },
  { name: 'safe-updates', kind: 'truth', help: 'Refuse changes that are likely mistakes (default on a terminal).' },
  { name: 'user', short: 'u', kind: 'text', help: 'Database user (env COCKROACH_USER).' },
  { name: 'database', short: 'd', kind: 'text', help: 'Database to use (env COCKROACH_DATABASE).' },
  { name: 'host', kind: 'text', help: 'Address of the server, as host or host:port (env COCKROACH_HOST).' },
  { name: 'port', short: 'p', kind: 'text', help: 'Port of the server (env COCKROACH_PORT).' },
  { name: 'url', kind: 'text', help: 'Connection URL (env COCKROACH_URL).', check: checkUrl },
  { name: 'insecure', kind: 'truth', help: 'Connect to a cluster without security (env COCKROACH_INSECURE).' },
  { name: 'certs-dir', kind: 'text', help: 'Directory of the certificates (env COCKROACH_CERTS_DIR).' },
];

/** What a shell reports for a program that SIGPIPE ended. */
const PIPE_EXIT_CODE = 141;

const USAGE = { name: 'sql', about: 'Opens a SQL shell on a cluster.', lines: ['sql [options] [flags]'], flags: FLAGS };

/**
 * `cockroach sql`: runs the statements of `--execute`, of a file or of standard input, or is interactive on a terminal.
 * Returns the exit code.
 */
export async function sql(argv: string[]): Promise<number> {
  return await runCommand(USAGE, argv, async (given) => {
    if (given.rest.length > 0)
      throw new CommandError(`unknown command ${JSON.stringify(given.rest[0])} for "cockroach sql"`);
    process.stdout.once('error', () => process.exit(PIPE_EXIT_CODE));
    const statements = given.list('execute');
    const interactive = statements.length === 0 && given.text('file') === undefined && Boolean(process.stdin.isTTY);
    const executor = makeExecutor(given, interactive);
    try {
      const failure = await runAll(executor, given, statements, interactive);
      if (failure !== undefined) throw new CommandError(failure);
      return 0;
    } finally {
      process.stdin.destroy();
      await executor.close();
    }
  });
}

function makeExecutor(given: Given, interactive: boolean): Executor {
  const options = connectOptions(given, process.env);
  const safe = given.text('safe-updates') === undefined ? interactive : given.truth('safe-updates');
  return new Executor(options, makeSettings(given, interactive), interactive, async () => {
    const connection = await ServerConnection.open(
      options,
      async () => await (await import('../shell/ask-password.ts')).askPassword(),
    );
    if (safe) await connection.query('SET sql_safe_updates = true');
    return connection;
  });
}

function makeSettings(given: Given, interactive: boolean): Settings {
  // Undefined where there is no terminal, whatever the types say.
  const onTerminal = Boolean(process.stdout.isTTY);
  const settings = new Settings({
    format: (given.text('format') as Format | undefined) ?? (onTerminal ? 'table' : 'tsv'),
    errexit: !interactive,
    echo: given.truth('echo-sql'),
    showTimes: onTerminal,
    checkSyntax: interactive,
  });
  for (const pair of given.list('set')) {
    const [, name = '', value] = /^([^=]*)(?:=([^]*))?$/.exec(pair) ?? [];
    const outcome = settings.set(name, value);
    if (outcome === true) continue;
    const trouble = outcome || `invalid syntax: \\set ${pair}. Try \\? for help.`;
    throw new CommandError(trouble);
  }
  return settings;
}

async function runAll(
  executor: Executor,
  given: Given,
  statements: string[],
  interactive: boolean,
): Promise<string | undefined> {
  if (interactive) return await (await import('../shell/terminal.ts')).runTerminal(executor, given.truth('embedded'));
  if (statements.length === 0) return await runLines(executor, given.text('file'));
  const watch = given.text('watch');
  return await runStatements(executor, statements, watch === undefined ? undefined : parseDuration(watch));
}

function checkFormat(value: string): string | undefined {
  return (FORMATS as readonly string[]).includes(value) ? undefined : invalidFormat(value);
}
