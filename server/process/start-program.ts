import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { endProcess } from './end-process.ts';

/** A program that was handed one end of a socket. */
export interface LinkedProgram {
  /** Our end; the program and what it starts have the other as descriptor 3. */
  socket: Duplex;
  /** Exit code of the program itself (`null`: a signal); what it started may live on. */
  exited: Promise<number | null>;
  /** Settles when nobody holds its stderr any more: the program and all that inherited it are gone. */
  released: Promise<void>;
  /** The last words on its stderr. */
  stderr: () => string;
  /** Ends the program itself, and closes the socket. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a program with a duplex socket as its descriptor 3. Its stdin and stdout are /dev/null; of its stderr the last
 * `stderrBytes` are kept. `exited` rejects when it cannot be started.
 */
export function startLinked(file: string, args: string[], options: { stderrBytes: number; env?: NodeJS.ProcessEnv }): LinkedProgram {
  const child = spawn(file, args, { env: options.env, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const socket = child.stdio[3] as Duplex;
  socket.on('error', () => {
    // 'close' follows, which is what those who use the socket listen to.
  });
  let said = Buffer.alloc(0);
  child.stderr?.on('data', (bytes: Buffer) => {
    said = Buffer.concat([said, bytes]).subarray(-options.stderrBytes);
  });
  const exited = new Promise<number | null>((settle, reject) => {
    child.once('error', reject);
    child.once('exit', settle);
  });
  exited.catch(() => undefined);
  return {
    socket,
    exited,
    released: new Promise((settle) => child.stderr?.once('close', settle)),
    stderr: () => said.toString('utf8'),
    async stop() {
      socket.destroy();
      await endProcess(child);
    },
  };
}
