import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsOfLanguages } from '../../../languages/in-sandbox.ts';
import { readConfig } from '../../../server/config.ts';
import type { Container } from '../../../server/oci/container.ts';
import type { ContainerRequest, Runtime } from '../../../server/oci/runtime.ts';
import { openRuntime, type RuntimeOptions } from '../../../server/oci/open-runtime.ts';
import { CleanUpStack } from '../../../server/process/clean-up-stack.ts';
import { findRuntimes } from '../../../server/setup/choose-runtime.mjs';

/** The reason when suites that need a sandbox are left out, which happens only on request. */
export const WITHOUT_SANDBOX =
  process.env['BANKRUN_WITHOUT_SANDBOX'] === '1' ? 'skipped: BANKRUN_WITHOUT_SANDBOX=1' : undefined;

const MIB = 1 << 20;

/** A test's own runtime, with a package `pretend` to preload, and what is made with it. */
export interface TestRuntime {
  runtime: Runtime;
  stateDir: string;
  create(request?: Partial<ContainerRequest>): Promise<Container>;
  dispose(): Promise<void>;
}

/** Returns where set-up finds a runtime on this machine. Throws an Error when there is none. */
export function programOf(name: 'runc' | 'runsc'): RuntimeOptions['program'] {
  const path = findRuntimes(name)[0];
  if (path === undefined) throw new Error(`${name} is not on this machine`);
  return { name, path };
}

/** Makes a directory that `undo` removes, and that users in containers can pass through. */
export async function makeStateDir(undo: CleanUpStack): Promise<string> {
  const stateDir = await mkdtemp(join(tmpdir(), 'bankrun-'));
  undo.defer(() => rm(stateDir, { recursive: true, force: true }));
  await chmod(stateDir, 0o755);
  return stateDir;
}

/** Opens a runtime in its own directory; `program` is the one on this machine unless another is given. */
export async function openTestRuntime(
  name: 'runc' | 'runsc' = 'runc',
  limits: RuntimeOptions['limits'] = {},
  program = programOf(name),
): Promise<TestRuntime> {
  const undo = new CleanUpStack();
  const stateDir = await makeStateDir(undo);
  const packages = join(stateDir, 'packages');
  await mkdir(join(packages, 'pretend'), { recursive: true });
  await writeFile(join(packages, 'pretend', '__init__.py'), 'import os\nimported_by = os.getpid()\n');
  const { python = { executable: '/usr/bin/python3', version: '' }, languages = {} } = readConfig().setup;
  const found = languages['python'];
  const installed = found && 'packages' in found ? found : { ...python, packages: [] };
  const runtime = await openRuntime({
    stateDir,
    program,
    python,
    common: partsOfLanguages({
      ...languages,
      python: { ...installed, packages: [...installed.packages, packages] },
    })!,
    limits,
  });
  undo.defer(() => runtime.close());
  let count = 0;
  return {
    runtime,
    stateDir,
    // No id is a prefix of another: gVisor accepts the beginning of an id for the whole.
    create: (request) =>
      runtime.create({
        id: `test-${1000 + (count += 1)}`,
        mounts: [],
        env: {},
        path: [],
        memoryBytes: 256 * MIB,
        python: python.executable,
        ...request,
      }),
    dispose: () => undo.dispose(),
  };
}

/** How a program ended, with its output. */
export interface Outcome {
  exitCode: number;
  cut?: 'timeout' | 'output' | 'killed';
  stdout: string;
  stderr: string;
}

/** Runs a program in a container and collects its output. */
export async function runIn(
  container: Container,
  argv: string[],
  options: Partial<Parameters<Container['run']>[0]> = {},
): Promise<Outcome> {
  const said = { stdout: '', stderr: '' };
  const request = { account: 'reader', argv, timeoutMs: 20_000, outputBytes: MIB, ...options } as const;
  const { exitCode, cut } = await container.run(request, (stream, bytes) => {
    said[stream] += bytes.toString('latin1');
  }).ended;
  return { exitCode, ...(cut ? { cut } : {}), ...said };
}

const ECHO = `
import socket, threading
server = socket.create_server(('127.0.0.1', 26257), backlog=64)
print('the engine listens', flush=True)
def serve(peer):
    while data := peer.recv(65536):
        peer.sendall(data)
    peer.close()
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
`;

/** Starts a server that echoes on port 26257 as the engine, and waits until it answers. */
export async function startEcho(container: Container): Promise<void> {
  await container.startEngine(['python3', '-c', ECHO]);
  while (!(await echoes(container))) await new Promise((wake) => setTimeout(wake, 5));
}

/** Whether the echoing engine answers within ten seconds. */
export function echoes(container: Container): Promise<boolean> {
  const stream = container.connect(26_257);
  return new Promise((settle) => {
    const timer = setTimeout(() => finish(false), 10_000);
    const finish = (answer: boolean): void => {
      clearTimeout(timer);
      stream.destroy();
      settle(answer);
    };
    stream.once('error', () => finish(false));
    stream.once('data', (bytes: Buffer) => finish(bytes.toString() === 'are you there?'));
    stream.write('are you there?');
  });
}
