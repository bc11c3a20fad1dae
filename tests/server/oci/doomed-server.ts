/**
 * A server that is going to be killed: makes a container with an engine and a run, prints the host's pids of its
 * processes, and waits.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { openRuntime } from '../../../server/oci/open-runtime.ts';
import { programOf } from './test-runtime.ts';

/** Processes that ignore polite signals, in their own sessions, using every processor. */
const BUSY =
  'trap "" TERM HUP INT; ' +
  'for i in 1 2 3 4 5 6 7 8; ' +
  'do setsid bash -c "while :; ' +
  'do :; ' +
  'done" & done; ' +
  'setsid sleep 1000 & echo; ' +
  'sleep 1000';

const [stateDir = '', name = 'runc'] = process.argv.slice(2);
const runtime = await openRuntime({
  stateDir,
  program: programOf(name === 'runsc' ? 'runsc' : 'runc'),
  python: { executable: '/usr/bin/python3' },
  common: { mounts: [], env: {}, commands: {}, absent: {} },
});
/** The machine may have containers of other tests. */
const id = `doomed-${process.ppid}`;
const container = await runtime.create({
  id,
  mounts: [],
  env: {},
  path: [],
  memoryBytes: 256 << 20,
  python: '/usr/bin/python3',
});
await container.startEngine(['sleep', '1000']);
await new Promise<void>((started) => {
  container.run({ account: 'reader', argv: ['/bin/bash', '-c', BUSY], timeoutMs: 600_000, outputBytes: 10 }, () =>
    started(),
  );
});
// The host's pids. On the host, gVisor's programs are threads of its own kernel.
const pids = readdirSync('/proc').filter((name) => {
  try {
    return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cgroup`, 'utf8').includes(`/${id}`);
  } catch {
    return false;
  }
});
console.log(JSON.stringify(pids));
setInterval(() => undefined, 1000);
