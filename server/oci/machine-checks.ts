import { constants, readFileSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import { architectureOf } from './architecture.ts';

const VERSION_MS = 10_000;

/** A program on this machine that starts containers. */
export interface RuntimeProgram {
  name: 'runc' | 'runsc';
  path: string;
}

/** Checks what sandboxes need from the kernel. Throws an Error with one sentence on what is missing and what to do. */
export async function checkKernel(): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('Sandboxes need Linux: run the server there, or in a Linux virtual machine.');
  architectureOf();
  if (process.getuid?.() !== 0)
    throw new Error(
      'Sandboxes need root, or the namespaces and control groups that `npm start` creates: start the server with it.',
    );
  const status = readFileSync('/proc/self/status', 'utf8');
  if (!/^Seccomp:/m.test(status))
    throw new Error('The kernel has no seccomp: sandboxes need one that was built with CONFIG_SECCOMP_FILTER.');
  const namespaces = await stat('/proc/self/ns/user').catch(() => undefined);
  const most = Number(readFileSync('/proc/sys/user/max_user_namespaces', 'utf8').trim() || 0);
  if (!namespaces || most === 0)
    throw new Error('User namespaces are off: type `sysctl -w user.max_user_namespaces=15000`.');
}

/** Returns a runtime's version, as it prints it. Throws an Error with one sentence when it does not work. */
export async function runtimeVersion({ name, path }: RuntimeProgram): Promise<string> {
  await access(path, constants.X_OK).catch((cause: unknown) => {
    throw new Error(
      `The container runtime ${path} no longer exists: type \`npm run setup\`, which looks for another.`,
      { cause },
    );
  });
  const { stdout, exitCode } = await runProgram(path, ['--version'], { deadlineMs: VERSION_MS });
  const version = /version (?:release-)?(\S+)/.exec(stdout)?.[1];
  if (exitCode !== 0 || !version)
    throw new Error(`The container runtime ${path} does not work: \`${name} --version\` fails.`);
  return version;
}

/** Checks that a Python interpreter can be executed. Throws an Error with one sentence. */
export async function checkInterpreter(path: string): Promise<void> {
  await access(path, constants.X_OK).catch((cause: unknown) => {
    throw new Error(`The Python interpreter ${path} no longer exists: type \`npm run setup\`.`, { cause });
  });
}

/**
 * Returns the first parent directory of `path` that other users may not enter, or undefined when there is none. The
 * root file system of a container could not be mounted below it.
 */
export async function closedParent(path: string): Promise<string | undefined> {
  const parents: string[] = [];
  for (let at = path; at !== dirname(at); at = dirname(at)) parents.unshift(dirname(at));
  for (const parent of parents) {
    const found = await stat(parent).catch(() => undefined);
    if (found && (found.mode & 0o001) === 0) return parent;
  }
  return undefined;
}
