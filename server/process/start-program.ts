import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { endProcess } from './end-process.ts';

/** A program that has one end of a socket. */
export interface LinkedProgram {
  /** Our end. */
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
 * How a program has its end of the socket: as descriptor 3, which what it starts inherits, or as its stdin and stdout.
 */
export type LinkBy = 'descriptor-3' | 'stdio';

/**
 * Starts a program with a socket to us. Of its stderr the last `stderrBytes` are kept. `exited` rejects when it cannot
 * be started.
 */
export function startLinked(file: string, args: string[], by: LinkBy, stderrBytes: number): LinkedProgram {
  // In a group of its own: a signal to ours, as from a terminal, is ours to hear.
  const options = { detached: true };
  const child =
    by === 'stdio'
      ? spawn(file, args, { ...options, stdio: 'pipe' })
      : spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const socket =
    by === 'stdio' ? Duplex.from({ readable: child.stdout, writable: child.stdin }) : (child.stdio[3] as Duplex);
  socket.on('error', () => {
    // 'close' follows, which is what those who use the socket listen to.
  });
  let said = Buffer.alloc(0);
  child.stderr?.on('data', (bytes: Buffer) => {
    said = Buffer.concat([said, bytes]).subarray(-stderrBytes);
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
