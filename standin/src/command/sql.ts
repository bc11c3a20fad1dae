import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileError } from '../command-line/file-error.ts';
import { checkUrl, connectOptions } from '../shell/connect-options.ts';
import { Connection } from '../shell/server-connection.ts';
import { checkDuration, parseDuration } from '../command-line/duration.ts';
import { FORMATS } from '../shell/formats.ts';
import type { Format } from '../shell/formats.ts';
import { Script } from '../shell/script.ts';
import { Session } from '../shell/executor.ts';
import { Settings } from '../shell/settings.ts';
import type { Flag, Given } from '../command-line/flags.ts';
import { CommandError } from '../command-line/command-error.ts';
import { runCommand } from '../command-line/run-command.ts';

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

/** What a shell says of a program that SIGPIPE ended. */
const PIPE_EXIT_CODE = 141;

const USAGE = { name: 'sql', about: 'Opens a SQL shell on a cluster.', lines: ['sql [options] [flags]'], flags: FLAGS };

/**
 * `cockroach sql`: runs the statements of `--execute`, of a file or of the input, or talks on a terminal. Gives the
 * exit code.
 */
export async function sql(argv: string[]): Promise<number> {
  return await runCommand(USAGE, argv, async (given) => {
    if (given.rest.length > 0)
      throw new CommandError(`unknown command ${JSON.stringify(given.rest[0])} for "cockroach sql"`);
    process.stdout.once('error', () => process.exit(PIPE_EXIT_CODE));
    const statements = given.list('execute');
    const interactive = statements.length === 0 && given.text('file') === undefined && process.stdin.isTTY;
    const session = openSession(given, interactive);
    try {
      const failure = await runAll(session, given, statements, interactive);
      if (failure !== undefined) throw new CommandError(failure);
      return 0;
    } finally {
      process.stdin.destroy();
      await session.close();
    }
  });
}

function openSession(given: Given, interactive: boolean): Session {
  const options = connectOptions(given, process.env);
  const onTerminal = process.stdout.isTTY;
  const settings = new Settings({
    format: (given.text('format') as Format | undefined) ?? (onTerminal ? 'table' : 'tsv'),
    errexit: !interactive,
    echo: given.truth('echo-sql'),
    showTimes: onTerminal,
    checkSyntax: interactive,
  });
  for (const pair of given.list('set')) {
    const [, name = '', value] = /^([^=]*)(?:=([^]*))?$/.exec(pair) ?? [];
    if (!settings.set(name, value)) throw new CommandError(`invalid syntax: \\set ${pair}. Try \\? for help.`);
  }
  const safe = given.text('safe-updates') === undefined ? interactive : given.truth('safe-updates');
  return new Session(options, settings, interactive, async () => {
    const connection = await Connection.open(
      options,
      async () => await (await import('../shell/terminal.ts')).askPassword(),
    );
    if (safe) await connection.query('SET sql_safe_updates = true');
    return connection;
  });
}

async function runAll(
  session: Session,
  given: Given,
  statements: string[],
  interactive: boolean,
): Promise<string | undefined> {
  if (interactive) return await (await import('../shell/terminal.ts')).runTerminal(session);
  if (statements.length > 0) return await runStatements(session, statements, given.text('watch'));
  await session.connection();
  const file = given.text('file');
  const script = new Script(session, {
    interactive: false,
    directory: file === undefined ? process.cwd() : dirname(resolve(file)),
  });
  for await (const line of file === undefined ? linesOf(process.stdin) : await linesOfFile(file))
    if ((await script.take(line)) === 'stop') return script.failure;
  script.end();
  return script.failure;
}

async function runStatements(
  session: Session,
  statements: string[],
  watch: string | undefined,
): Promise<string | undefined> {
  for (;;) {
    let failure: string | undefined;
    for (const [index, statement] of statements.entries()) {
      failure = (await session.run(statement))?.text;
      if (failure === undefined) continue;
      if (session.settings.is('errexit')) return failure;
      if (index < statements.length - 1) process.stderr.write(`ERROR: ${failure}\n`);
    }
    if (watch === undefined || failure !== undefined) return failure;
    await new Promise((wake) => setTimeout(wake, parseDuration(watch)));
  }
}

async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  rest += decoder.decode();
  if (rest) yield rest;
}

async function linesOfFile(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(fileError(cause));
  });
  return text.replace(/\n$/, '').split('\n');
}

function checkFormat(value: string): string | undefined {
  return (FORMATS as readonly string[]).includes(value)
    ? undefined
    : `invalid table display format: ${value} (possible values: ${FORMATS.join(', ')})`;
}
