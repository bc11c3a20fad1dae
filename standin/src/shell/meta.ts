import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileError } from '../command-line/file-error.ts';
import { formatAnswer } from './formats.ts';
import { HELP } from './help-text.ts';
import type { Next, Script } from './script.ts';

const MAX_COMMAND_OUTPUT_BYTES = 16 << 20;
const TEXT_TYPE = 25;

type Run = (script: Script, words: string[], line: string) => Next | Promise<Next>;

/**
 * The commands that begin with a backslash. `\!` and `\|` run programs of this machine: the shell belongs into the
 * sandbox.
 */
const COMMANDS: Record<string, Run> = {
  '\\q': () => 'stop',
  '\\?': () => print(HELP),
  '\\h': () =>
    print(
      'The stand-in for CockroachDB has no help on the syntax of statements. See https://www.cockroachlabs.com/docs/stable/sql-statements.html\n',
    ),
  '\\hf': () =>
    print(
      'The stand-in for CockroachDB has no help on functions. See https://www.cockroachlabs.com/docs/stable/functions-and-operators.html\n',
    ),
  '\\p': (script) => print(`${script.pending}\n`),
  '\\r': (script) => {
    script.clear();
    return 'go-on';
  },
  '\\echo': (_, words) => print(`${words.join(' ')}\n`),
  '\\l': (script) => script.run('SHOW DATABASES'),
  '\\dt': (script) => script.run('SHOW TABLES'),
  '\\dT': (script) => script.run('SHOW TYPES'),
  '\\du': (script) => script.run('SHOW USERS'),
  '\\d': (script, [table]) => script.run(table === undefined ? 'SHOW TABLES' : `SHOW COLUMNS FROM ${table}`),
  '\\c': connect,
  '\\connect': connect,
  '\\x': toggleRecords,
  '\\set': set,
  '\\unset': (script, words, line) =>
    words.length === 1 && script.session.settings.unset(words[0]!) ? 'go-on' : invalid(script, line),
  '\\i': (script, words, line) => include(script, words, line, process.cwd()),
  '\\ir': (script, words, line) => include(script, words, line, script.directory),
  '\\!': (script, _, line) => {
    const output = execute(script, line.slice(2).trim());
    return output === undefined ? script.fail('command failed', 'command failed') : print(output);
  },
  '\\|': async (script, _, line) => {
    const output = execute(script, line.slice(2).trim());
    return output === undefined ? script.fail('command failed', 'command failed') : await feed(script, output);
  },
};

/** Runs one line that begins with a backslash. */
export async function runMeta(line: string, script: Script): Promise<Next> {
  const [name = '', ...words] = line.trim().replace(/;$/, '').split(/\s+/);
  const known = name.startsWith('\\!') ? '\\!' : name.startsWith('\\|') ? '\\|' : name;
  const command = Object.hasOwn(COMMANDS, known) ? COMMANDS[known] : undefined;
  return command ? await command(script, words, line.trim()) : invalid(script, line);
}

function invalid(script: Script, line: string): Next {
  return script.fail('invalid syntax', `invalid syntax: ${line.trim()}. Try \\? for help.`);
}

function print(text: string): Next {
  process.stdout.write(text);
  return 'go-on';
}

async function connect(script: Script, [database]: string[]): Promise<Next> {
  if (database !== undefined) return await script.run(`USE ${database}`);
  const { user, host, port } = script.session.options;
  return print(
    `You are connected to database "${(await script.session.value('SELECT current_database()')) ?? '?'}" as user "${user}" at ${host}:${port}.\n`,
  );
}

function toggleRecords(script: Script, [word]: string[], line: string): Next {
  const { settings } = script.session;
  if (word !== undefined && !/^(on|off|true|false)$/.test(word)) return invalid(script, line);
  const records = word === undefined ? settings.format !== 'records' : /^(on|true)$/.test(word);
  settings.set('display_format', records ? 'records' : process.stdout.isTTY ? 'table' : 'tsv');
  return 'go-on';
}

function set(script: Script, words: string[], line: string): Next {
  const { settings } = script.session;
  if (words.length === 0) {
    const names = ['Option', 'Value', 'Description'];
    return print(
      formatAnswer(
        { names, types: names.map(() => TEXT_TYPE), rows: settings.rows(), tag: undefined },
        settings.format,
      ),
    );
  }
  const [, name = '', value] = /^([^=\s]+)(?:[=\s]\s*([^]*))?$/.exec(words.join(' ')) ?? [];
  return settings.set(name, value) ? 'go-on' : invalid(script, line);
}

async function include(script: Script, words: string[], line: string, directory: string): Promise<Next> {
  if (words.length !== 1) return invalid(script, line);
  const path = resolve(directory, words[0]!);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => cause as Error);
  if (typeof text !== 'string') {
    const why = fileError(Object.assign(text, { path: words[0] }));
    return script.fail(why, why);
  }
  const inner = script.nested(dirname(path));
  const next = await feed(inner, text);
  inner.end();
  script.failure = inner.failure;
  return next === 'stop' && script.session.settings.is('errexit') && inner.failure !== undefined ? 'stop' : 'go-on';
}

async function feed(script: Script, text: string): Promise<Next> {
  for (const line of text.replace(/\n$/, '').split('\n')) if ((await script.take(line)) === 'stop') return 'stop';
  return 'go-on';
}

function execute(script: Script, command: string): string | undefined {
  const raw = script.interactive && process.stdin.isRaw;
  if (raw) process.stdin.setRawMode(false);
  const { status, stdout } = spawnSync('/bin/sh', ['-c', command], {
    stdio: ['inherit', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: MAX_COMMAND_OUTPUT_BYTES,
  });
  if (raw) process.stdin.setRawMode(true);
  return status === 0 ? stdout : undefined;
}
