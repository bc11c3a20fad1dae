import { History } from './history.ts';
import { Lines } from './lines.ts';
import { continuedPrompt, expandPrompt } from './prompt.ts';
import { Script } from './script.ts';
import type { Session } from './executor.ts';
import { onOneLine } from './completeness.ts';

const INTRODUCTION = `#
# Welcome to the CockroachDB SQL shell.
# All statements must be terminated by a semicolon.
# To exit, type: \\q.
#
`;
const EOT = '\x04';
const INTERRUPT = '\x03';

/**
 * The shell on a terminal: says welcome, connects, and takes lines until it is told to stop. Gives what the last one
 * failed with.
 */
export async function runTerminal(session: Session): Promise<string | undefined> {
  process.stdout.write(INTRODUCTION);
  await session.connection();
  await greet(session);
  const script = new Script(session, { interactive: true, directory: process.cwd() });
  const history = new History(process.env['HOME']);
  const lines = new Lines(history);
  let entered: string[] = [];
  try {
    let prompt = await expandPrompt(session);
    for (;;) {
      const line = await lines.next(script.pending ? continuedPrompt(prompt) : prompt);
      if (line === 'end') break;
      if (line === 'interrupt') {
        if (!script.pending) break;
        script.clear();
        history.keep(entered, undefined);
        entered = [];
        continue;
      }
      entered.push(line.text);
      // What is pending is known before the first wait.
      const doing = script.take(line.text);
      if (!script.pending) {
        history.keep(entered, onOneLine(entered));
        entered = [];
      }
      const next = await lines.unlessInterrupted(doing, () => session.cancel());
      if (next === 'interrupt') {
        script.abandon();
        return 'interrupted';
      }
      if (next === 'stop') break;
      if (!script.pending) prompt = await expandPrompt(session);
    }
  } finally {
    lines.close();
  }
  return script.failure;
}

/** Asks for a password, without showing it. Undefined when there is no terminal, or the reader gave up. */
export async function askPassword(): Promise<string | undefined> {
  process.stdout.write('Enter password: ');
  const { stdin } = process;
  if (!stdin.isTTY) return undefined;
  stdin.setRawMode(true);
  try {
    let typed = '';
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      for (const key of String(chunk)) {
        if (key === '\r' || key === '\n') return typed;
        if (key === INTERRUPT || (key === EOT && !typed)) return undefined;
        typed = key === '\x7f' || key === '\b' ? typed.slice(0, -1) : typed + key;
      }
    }
    return undefined;
  } finally {
    stdin.setRawMode(false);
    process.stdout.write('\n');
  }
}

async function greet(session: Session): Promise<void> {
  const [version, cluster] = [
    await session.value('SELECT version()'),
    await session.value('SELECT crdb_internal.cluster_id()'),
  ];
  if (version) process.stdout.write(`# Server version: ${version}\n`);
  if (cluster) process.stdout.write(`# Cluster ID: ${cluster}\n`);
  process.stdout.write('#\n# Enter \\? for a brief introduction.\n#\n');
}
