import { formatResult } from './formats.ts';
import { HELP, NO_FUNCTION_HELP, NO_SYNTAX_HELP } from './help-text.ts';
import { feed, includeFile } from './include.ts';
import type { Next, ScriptControl } from './script-control.ts';
import { runProgram } from './run-program.ts';
import { readTruth } from './settings.ts';

const TEXT_TYPE = 25;

type Run = (script: ScriptControl, words: string[], line: string) => Next | Promise<Next>;

/**
 * The commands that begin with a backslash. `\!` and `\|` run programs on this machine, so the shell must run in the
 * sandbox.
 */
const COMMANDS: Record<string, Run> = {
  '\\q': () => 'stop',
  '\\?': () => print(HELP),
  '\\h': () => print(NO_SYNTAX_HELP),
  '\\hf': () => print(NO_FUNCTION_HELP),
  '\\p': (script) => print(`${script.pending}\n`),
  '\\r': (script) => {
    script.clear();
    return 'go-on';
  },
  '\\echo': (_, words) => print(`${words.join(' ')}\n`),
  '\\l': (script) => script.execute('SHOW DATABASES'),
  '\\dt': (script) => script.execute('SHOW TABLES'),
  '\\dT': (script) => script.execute('SHOW TYPES'),
  '\\du': (script) => script.execute('SHOW USERS'),
  '\\d': (script, [table]) => script.execute(table === undefined ? 'SHOW TABLES' : `SHOW COLUMNS FROM ${table}`),
  '\\c': connect,
  '\\connect': connect,
  '\\x': toggleRecords,
  '\\set': set,
  '\\unset': (script, words, line) =>
    words.length === 1 && script.executor.settings.unset(words[0]!) ? 'go-on' : invalid(script, line),
  '\\i': (script, words, line) => include(script, words, line, process.cwd()),
  '\\ir': (script, words, line) => include(script, words, line, script.directory),
  '\\!': (script, _, line) => withOutput(script, line, print),
  '\\|': (script, _, line) => withOutput(script, line, (output) => feed(script, output)),
};

/** Runs one line that begins with a backslash. */
export async function runMeta(line: string, script: ScriptControl): Promise<Next> {
  const [name = '', ...words] = line.trim().replace(/;$/, '').split(/\s+/);
  const known = name.startsWith('\\!') ? '\\!' : name.startsWith('\\|') ? '\\|' : name;
  const command = Object.hasOwn(COMMANDS, known) ? COMMANDS[known] : undefined;
  return command ? await command(script, words, line.trim()) : invalid(script, line);
}

function invalid(script: ScriptControl, line: string): Next {
  return script.fail('invalid syntax', `invalid syntax: ${line.trim()}. Try \\? for help.`);
}

function print(text: string): Next {
  process.stdout.write(text);
  return 'go-on';
}

async function connect(script: ScriptControl, [database]: string[]): Promise<Next> {
  if (database !== undefined) return await script.execute(`USE ${database}`);
  const { user, host, port } = script.executor.options;
  const current = (await script.executor.value('SELECT current_database()')) ?? '?';
  return print(`You are connected to database "${current}" as user "${user}" at ${host}:${port}.\n`);
}

function toggleRecords(script: ScriptControl, [word]: string[], line: string): Next {
  const { settings } = script.executor;
  const records = word === undefined ? settings.format !== 'records' : readTruth(word);
  if (records === undefined) return invalid(script, line);
  settings.set('display_format', records ? 'records' : process.stdout.isTTY ? 'table' : 'tsv');
  return 'go-on';
}

function set(script: ScriptControl, words: string[], line: string): Next {
  const { settings } = script.executor;
  if (words.length === 0) {
    const names = ['Option', 'Value', 'Description'];
    const types = names.map(() => TEXT_TYPE);
    return print(formatResult({ names, types, rows: settings.rows(), tag: undefined }, settings.format));
  }
  const [, name = '', value] = /^([^=\s]+)(?:[=\s]\s*([^]*))?$/.exec(words.join(' ')) ?? [];
  const outcome = settings.set(name, value);
  if (typeof outcome === 'string') return script.fail(outcome, `${line.trim()}: ${outcome}`);
  return outcome ? 'go-on' : invalid(script, line);
}

async function include(script: ScriptControl, words: string[], line: string, directory: string): Promise<Next> {
  return words.length === 1 ? await includeFile(script, words[0]!, directory) : invalid(script, line);
}

/** Runs the command after `\!` or `\|`, and does something with its output. */
async function withOutput(
  script: ScriptControl,
  line: string,
  use: (output: string) => Next | Promise<Next>,
): Promise<Next> {
  const output = runProgram(line.slice(2).trim(), script.interactive);
  return output === undefined ? script.fail('command failed', 'command failed') : await use(output);
}
