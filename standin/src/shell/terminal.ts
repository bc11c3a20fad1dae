import { onOneLine } from './completeness.ts';
import type { Executor } from './executor.ts';
import { History } from './history.ts';
import { Lines } from './lines.ts';
import { continuedPrompt, expandPrompt } from './prompt.ts';
import { Script } from './script.ts';

const INTRODUCTION = `#
# Welcome to the CockroachDB SQL shell.
# All statements must be terminated by a semicolon.
# To exit, type: \\q.
#
`;

/**
 * Runs the shell on a terminal: prints the welcome, connects, and takes lines until told to stop. Embedded in another
 * program, it does not tell which server that chose. Returns why the last statement failed.
 */
export async function runTerminal(executor: Executor, embedded: boolean): Promise<string | undefined> {
  process.stdout.write(INTRODUCTION);
  await executor.connection();
  if (!embedded) await introduceServer(executor);
  process.stdout.write('#\n# Enter \\? for a brief introduction.\n#\n');
  const script = new Script(executor, { interactive: true, directory: process.cwd() });
  const history = new History(process.env['HOME']);
  const lines = new Lines(history);
  try {
    return await converse(executor, script, history, lines);
  } finally {
    lines.close();
  }
}

async function converse(
  executor: Executor,
  script: Script,
  history: History,
  lines: Lines,
): Promise<string | undefined> {
  let entered: string[] = [];
  const keep = (oneLine: string | undefined): void => {
    history.keep(entered, oneLine);
    entered = [];
  };
  let prompt = await expandPrompt(executor);
  for (;;) {
    const line = await lines.next(script.pending ? continuedPrompt(prompt) : prompt);
    if (line === 'end') return script.failure;
    if (line === 'interrupt') {
      if (!script.pending) return script.failure;
      script.clear();
      keep(undefined);
      continue;
    }
    entered.push(line.text);
    // `take` updates `pending` before its first await.
    const doing = script.take(line.text);
    if (!script.pending) keep(onOneLine(entered));
    const next = await lines.unlessInterrupted(doing, () => executor.cancel());
    if (next === 'interrupt') {
      script.abandon();
      return 'interrupted';
    }
    if (next === 'stop') return script.failure;
    if (!script.pending) prompt = await expandPrompt(executor);
  }
}

async function introduceServer(executor: Executor): Promise<void> {
  const version = await executor.value('SELECT version()');
  const cluster = await executor.value('SELECT crdb_internal.cluster_id()');
  if (version) process.stdout.write(`# Server version: ${version}\n`);
  if (cluster) process.stdout.write(`# Cluster ID: ${cluster}\n`);
}
