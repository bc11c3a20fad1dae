import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { continuedPrompt, expandPrompt } from './prompt.ts';
import { Script } from './script.ts';
import type { Session } from './session.ts';

const INTRODUCTION = `#
# Welcome to the CockroachDB SQL shell.
# All statements must be terminated by a semicolon.
# To exit, type: \\q.
#
`;
const EOT = '\x04';
const INTERRUPT = '\x03';

/** The shell on a terminal: says welcome, connects, and takes lines until it is told to stop. Gives what the last one failed with. */
export async function runTerminal(session: Session): Promise<string | undefined> {
  process.stdout.write(INTRODUCTION);
  await session.connection();
  await greet(session);
  const script = new Script(session, { interactive: true, directory: process.cwd() });
  const lines = new Lines();
  try {
    let prompt = await expandPrompt(session);
    for (;;) {
      const line = await lines.next(script.pending ? continuedPrompt(prompt) : prompt);
      if (line === 'end') break;
      if (line === 'interrupt') {
        if (!script.pending) break;
        script.clear();
        continue;
      }
      const next = await lines.unlessInterrupted(script.take(line.text));
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
  const [version, cluster] = [await session.value('SELECT version()'), await session.value('SELECT crdb_internal.cluster_id()')];
  if (version) process.stdout.write(`# Server version: ${version}\n`);
  if (cluster) process.stdout.write(`# Cluster ID: ${cluster}\n`);
  process.stdout.write('#\n# Enter \\? for a brief introduction.\n#\n');
}

/** Lines as they are typed, with editing and a history; what is typed ahead waits. */
class Lines {
  readonly #reader: Interface;
  readonly #typed: ({ text: string } | 'end' | 'interrupt')[] = [];
  #wake: (() => void) | undefined;
  #interrupt: (() => void) | undefined;

  constructor() {
    this.#reader = createInterface({ input: process.stdin, output: process.stdout, terminal: true });
    const push = (item: { text: string } | 'end' | 'interrupt') => (): void => this.#push(item);
    this.#reader.on('line', (text) => this.#push({ text }));
    this.#reader.on('close', push('end'));
    this.#reader.on('SIGINT', () => (this.#interrupt ?? push('interrupt'))());
  }

  #push(item: { text: string } | 'end' | 'interrupt'): void {
    this.#typed.push(item);
    this.#wake?.();
  }

  async next(prompt: string): Promise<{ text: string } | 'end' | 'interrupt'> {
    this.#reader.setPrompt(prompt);
    this.#reader.prompt();
    while (this.#typed.length === 0) await new Promise<void>((wake) => (this.#wake = wake));
    const item = this.#typed.shift()!;
    if (typeof item === 'string') process.stdout.write('\n');
    return item;
  }

  /** Waits for what a line does, or until Ctrl+C. */
  async unlessInterrupted<T>(doing: Promise<T>): Promise<T | 'interrupt'> {
    const interrupted = new Promise<'interrupt'>((settle) => (this.#interrupt = () => settle('interrupt')));
    try {
      return await Promise.race([doing, interrupted]);
    } finally {
      this.#interrupt = undefined;
    }
  }

  close(): void {
    this.#reader.close();
    process.stdin.pause();
  }
}
