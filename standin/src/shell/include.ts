import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileError } from '../command-line/file-error.ts';
import type { Next, ScriptControl } from './script-control.ts';

/** Runs the lines of a file in a script of their own, as `\i` does. `path` is relative to the directory. */
export async function includeFile(script: ScriptControl, path: string, directory: string): Promise<Next> {
  const file = resolve(directory, path);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => cause as Error);
  if (typeof text !== 'string') {
    const why = fileError(Object.assign(text, { path }));
    return script.fail(why, why);
  }
  const inner = script.nested(dirname(file));
  const next = await feed(inner, text);
  inner.end();
  script.failure = inner.failure;
  const ends = next === 'stop' && script.executor.settings.is('errexit') && inner.failure !== undefined;
  return ends ? 'stop' : 'go-on';
}

/** Feeds the lines of a text to a script until the script stops. */
export async function feed(script: ScriptControl, text: string): Promise<Next> {
  for (const line of text.replace(/\n$/, '').split('\n')) if ((await script.take(line)) === 'stop') return 'stop';
  return 'go-on';
}
