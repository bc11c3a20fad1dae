import { spawn } from 'node:child_process';

/** Runs a program on this process's terminal. Returns its exit code. Ctrl-C reaches only the program. */
export async function runInTerminal(file: string, args: string[]): Promise<number> {
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    return await new Promise<number>((settle, fail) => {
      const child = spawn(file, args, { stdio: 'inherit' });
      child.once('error', fail);
      child.once('exit', (code) => settle(code ?? 1));
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
