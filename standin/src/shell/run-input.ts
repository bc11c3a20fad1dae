import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from '../command-line/command-error.ts';
import { fileError } from '../command-line/file-error.ts';
import type { Executor } from './executor.ts';
import { Script } from './script.ts';

/**
 * Executes the texts of `--execute` separately; with `watchMs` repeatedly, until one fails. Returns why the last one
 * failed.
 */
export async function runStatements(
  executor: Executor,
  statements: string[],
  watchMs: number | undefined,
): Promise<string | undefined> {
  for (;;) {
    let failure: string | undefined;
    for (const [index, statement] of statements.entries()) {
      failure = (await executor.execute(statement))?.text;
      if (failure === undefined) continue;
      if (executor.settings.is('errexit')) return failure;
      if (index < statements.length - 1) process.stderr.write(`ERROR: ${failure}\n`);
    }
    if (watchMs === undefined || failure !== undefined) return failure;
    await new Promise((wake) => setTimeout(wake, watchMs));
  }
}

/**
 * Runs the lines of a file, or of standard input when `path` is undefined. Returns why the last statement failed.
 * Throws CommandError when the file cannot be read, or when there is no connection.
 */
export async function runLines(executor: Executor, path: string | undefined): Promise<string | undefined> {
  await executor.connection();
  const directory = path === undefined ? process.cwd() : dirname(resolve(path));
  const script = new Script(executor, { interactive: false, directory });
  for await (const line of path === undefined ? linesOf(process.stdin) : await linesOfFile(path))
    if ((await script.take(line)) === 'stop') return script.failure;
  script.end();
  return script.failure;
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
