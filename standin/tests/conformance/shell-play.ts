import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePorts } from '../support/free-ports.ts';
import { madeSince, takeSnapshot } from './shell-files.ts';
import type { Case, Group, Outcome } from './shell-recording.ts';

const COMMAND_MS = 60_000;
const READY_MS = 60_000;
const STOP_MS = 30_000;
const REST_OF_BANNER_MS = 300;
/** A process that a command left in the background keeps the command's pipes open. */
const PIPES_MS = 700;
const TERMINAL = join(import.meta.dirname, 'shell-terminal.py');
const CONTROL_SEQUENCES = /\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\][^\x07]*\x07|\x07|[^\n]\x08|\r/g;
const LOG_LINE = /^([WIEF])\d{6} \d\d:\d\d:\d\d\.\d+ \d+ \S+\.go:\d+ +\[[^\]]*\] \d+ /gm;
const MANY_LOG_LINES = /(?:^[WIEF] log [^\n]*\n?){6,}/gm;
const PORTS = ['{port}', '{port2}', '{free}', '{http}', '{http2}'];
const CERTIFICATES = [
  ['create-ca'],
  ['create-node', 'localhost', '127.0.0.1'],
  ['create-client', 'root'],
  ['create-client', 'maxroach'],
];

/**
 * Plays a group against a `cockroach` command in a fresh directory, with the servers it needs. Returns what each case
 * did.
 */
export async function playGroup(cockroach: string, group: Group): Promise<Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), 'shell-'));
  const ports = await freePorts(PORTS.length);
  const places: (readonly [name: string, place: string])[] = [
    ['{dir}', directory],
    ...PORTS.map((name, at) => [name, String(ports[at])] as const),
  ];
  const fill = (text: string): string => places.reduce((filled, [name, place]) => filled.replaceAll(name, place), text);
  const mark = (text: string): string =>
    places.reduce(
      (marked, [name, place]) =>
        name === '{dir}' ? marked.replaceAll(place, name) : marked.replaceAll(new RegExp(`\\b${place}\\b`, 'g'), name),
      text,
    );
  const run = (argv: string[], more: Partial<Case> = {}): Promise<Outcome> =>
    runCommand(cockroach, { ...more, argv: argv.map(fill) }, directory);
  const servers: ChildProcess[] = [];
  const start = async (flags: string[], listen: string, http: string): Promise<void> => {
    const argv = [
      'start-single-node',
      ...flags,
      '--store=type=mem,size=640MiB',
      `--listen-addr=localhost:${listen}`,
      `--http-addr=localhost:${http}`,
    ];
    servers.push(spawn(cockroach, argv.map(fill), { cwd: directory, env: environment(directory), stdio: 'ignore' }));
    const deadline = Date.now() + READY_MS;
    while ((await run(['sql', ...flags, `--host=localhost:${listen}`, '-e', 'SELECT 1'])).exit !== 0)
      if (Date.now() > deadline) throw new Error(`the server for ${group.group} does not answer`);
  };
  try {
    if (group.server?.includes('secure-certs')) {
      mkdirSync(join(directory, 'my-safe-directory'));
      for (const words of CERTIFICATES)
        await run(['cert', ...words, '--certs-dir=certs', '--ca-key=my-safe-directory/ca.key']);
      await start(['--certs-dir=certs'], '{port2}', '{http2}');
    }
    if (group.server?.includes('insecure')) await start(['--insecure'], '{port}', '{http}');
    for (const argv of group.setup ?? []) await run(argv);
    const outcomes: Outcome[] = [];
    for (const each of group.cases) {
      prepare(directory, each, fill);
      const before = takeSnapshot(directory);
      const env = each.env && Object.fromEntries(Object.entries(each.env).map(([name, value]) => [name, fill(value)]));
      const { exit, stdout, stderr } = await run(each.argv, {
        ...each,
        stdin: each.stdin === undefined ? undefined : fill(each.stdin),
        env,
      });
      outcomes.push({
        exit,
        stdout: shortenLogs(mark(stdout)),
        stderr: shortenLogs(mark(stderr)),
        files: madeSince(directory, before),
      });
      if (each.endPidFile !== undefined) await endProcess(join(directory, each.endPidFile));
    }
    return outcomes;
  } finally {
    await Promise.all(servers.map(stopServer));
    rmSync(directory, { recursive: true, force: true });
  }
}

function prepare(directory: string, { files, chmod }: Case, fill: (text: string) => string): void {
  for (const [path, text] of Object.entries(files ?? {})) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), fill(text));
  }
  for (const [path, mode] of Object.entries(chmod ?? {}))
    if (existsSync(join(directory, path))) chmodSync(join(directory, path), parseInt(mode, 8));
}

/** Reduces log lines to severity and text, and a server's many lines to one word. */
function shortenLogs(text: string): string {
  return text.replace(LOG_LINE, '$1 log ').replace(MANY_LOG_LINES, '(log)\n');
}

function environment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, TERM: 'dumb', TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
}

async function runCommand(
  cockroach: string,
  { argv, stdin, env, stop, type }: Partial<Case> & { argv: string[] },
  directory: string,
): Promise<Outcome> {
  const [file, ...args] = type ? ['python3', TERMINAL] : [cockroach, ...argv];
  const child = spawn(file, args, { cwd: directory, env: { ...environment(directory), ...env } });
  const said = { stdout: '', stderr: '' };
  let stopped = false;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      said[stream] += chunk;
      if (!stop || stopped || !(said.stdout + said.stderr).includes(stop.when)) return;
      stopped = true;
      setTimeout(() => child.kill(stop.signal ?? 'SIGTERM'), REST_OF_BANNER_MS);
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(
    type ? JSON.stringify({ argv: [cockroach, ...argv], type, seconds: COMMAND_MS / 1000 }) : (stdin ?? ''),
  );
  const late = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS + 1000);
  const exit = await new Promise<number | string | null>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => settle(code ?? signal));
    child.once('exit', (code, signal) => setTimeout(() => settle(code ?? signal), PIPES_MS));
  });
  clearTimeout(late);
  return { exit, stdout: type ? said.stdout.replace(CONTROL_SEQUENCES, '') : said.stdout, stderr: said.stderr };
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((settle) => child.once('exit', settle));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(late);
}

async function endProcess(pidFile: string): Promise<void> {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (!(pid > 1)) return;
  const deadline = Date.now() + STOP_MS;
  try {
    process.kill(pid, 'SIGTERM');
    while (Date.now() < deadline) {
      process.kill(pid, 0);
      await new Promise((wake) => setTimeout(wake, 100));
    }
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has ended.
  }
}
