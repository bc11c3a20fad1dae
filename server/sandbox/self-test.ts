import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { AppError } from '../errors.ts';
import type { Place } from './place.ts';

/** Memory that stays free for the server, the kernel and what readers add. */
const KEEP_FREE_SHARE = 0.3;
/** A sandbox grows while it is used: the whole tutorial peaked at 1.4 times the idle memory (97 of 70 MiB). */
const GROWTH = 1.5;
/** An idle CockroachDB takes 0.8 to 1.7 % of a core: more than this many per core and idling alone fills the machine. */
const PER_CORE = 25;
const PROOF_MS = 10_000;

/** What the start-up self-test found. */
export interface SelfTest {
  readyMs: number;
  memoryBytes: number;
  slots: number;
}

/**
 * Proves on a started place that SQL answers and that the limits are in force for a reader's program: seccomp, no new
 * privileges, no capabilities, no network but loopback, a read-only root. Throws AppError `unavailable` naming what is not.
 */
export async function selfTest(place: Place, maxSlots: number): Promise<SelfTest> {
  const session = await place.cluster.open('root', 'defaultdb');
  try {
    await session.query('SELECT 1');
  } finally {
    await session.close();
  }
  await proveConfinement(place);
  const { memoryBytes } = await place.container.usage();
  const byMemory = Math.floor((availableMemoryBytes() * (1 - KEEP_FREE_SHARE)) / (memoryBytes * GROWTH));
  const slots = Math.max(1, Math.min(maxSlots, byMemory, availableParallelism() * PER_CORE));
  return { readyMs: place.readyMs, memoryBytes, slots };
}

const PROOF = `
import os
status = dict(line.split(':', 1) for line in open('/proc/self/status'))
def refused(path):
    try: os.close(os.open(path, os.O_WRONLY | os.O_CREAT)); return False
    except OSError: return True
print(status['Seccomp'].strip() == '2', 'the system-call filter')
print(status['NoNewPrivs'].strip() == '1', 'the ban on new privileges')
print(int(status['CapEff'], 16) == 0 and int(status['CapBnd'], 16) & ~0xc0 == 0, 'the removal of capabilities')
print(os.getuid() == 1000, 'the change of user')
print([line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]] == ['lo'], 'the cut from the network')
print(refused('/usr/proof') and refused('/etc/proof') and refused('/proof'), 'the read-only root')
`;

async function proveConfinement(place: Place): Promise<void> {
  let said = '';
  const { exitCode } = await place.container.run(
    { account: 'reader', argv: ['python', '-c', PROOF], timeoutMs: PROOF_MS, outputBytes: 65_536 },
    (_, bytes) => {
      said += bytes.toString('utf8');
    },
  ).ended;
  const missing = said.split('\n').filter((line) => line.startsWith('False ')).map((line) => line.slice('False '.length));
  if (exitCode !== 0 || missing.length > 0) {
    throw new AppError('unavailable', `Code cannot be confined on this machine: ${missing.join(', ') || 'the check'} is not in force.`, { cause: said });
  }
}

function availableMemoryBytes(): number {
  const [, kibibytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
  return Number(kibibytes ?? 0) * 1024;
}
