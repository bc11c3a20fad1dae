import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { endProcess } from './end-process.ts';
import { hasPipes, NO_DESCRIPTORS } from './pipes.ts';

/** A running program that has one end of a socket. */
export interface LinkedProgram {
  /** The server's end. */
  socket: Duplex;
  /** The exit code of the program itself (`null` for a signal); its children may still be running. */
  exited: Promise<number | null>;
  /** Resolves when no process has its stderr open any more: the program and everything that inherited it have ended. */
  released: Promise<void>;
  /** Returns the end of its stderr. */
  stderr: () => string;
  /** Closes the socket and ends the program itself. Idempotent. */
  stop(): Promise<void>;
}

/**
 * How a program gets its end of the socket: as descriptor 3, which its children inherit, or as stdin and stdout.
 */
export type LinkBy = 'descriptor-3' | 'stdio';

/**
 * Starts a program with a socket to the server. Keeps the last `stderrBytes` of its stderr. `exited` rejects when it
 * cannot be started. Throws an Error when no file descriptors are left.
 */
export function startLinked(file: string, args: string[], by: LinkBy, stderrBytes: number): LinkedProgram {
  // In its own group, so that Ctrl-C in the server's terminal reaches only the server.
  const options = { detached: true };
  const child =
    by === 'stdio'
      ? spawn(file, args, { ...options, stdio: 'pipe' })
      : spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  // Before anything else: without a listener, a program that cannot be started would end the server.
  const exited = new Promise<number | null>((settle, reject) => {
    child.once('error', reject);
    child.once('exit', settle);
  });
  exited.catch(() => undefined);
  if (!hasPipes(child)) throw new Error(NO_DESCRIPTORS);
  const socket =
    by === 'stdio' ? Duplex.from({ readable: child.stdout, writable: child.stdin }) : (child.stdio[3] as Duplex);
  socket.on('error', () => {
    // 'close' follows, and users of the socket listen for that.
  });
  let stderr = Buffer.alloc(0);
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr = Buffer.concat([stderr, bytes]).subarray(-stderrBytes);
  });
  return {
    socket,
    exited,
    released: new Promise((settle) => child.stderr?.once('close', settle)),
    stderr: () => stderr.toString('utf8'),
    async stop() {
      socket.destroy();
      await endProcess(child);
    },
  };
}
