import { availableParallelism, version as kernelBuildOfHost } from 'node:os';
import { AppError } from '../errors.ts';
import { within } from '../within.ts';
import type { Container } from '../oci/container.ts';
import type { Runtime } from '../oci/runtime.ts';
import { readMeminfo } from '../oci/meminfo.ts';
import { READER_ID } from '../sandbox-layout.ts';
import type { ClusterContainer } from './cluster-container.ts';
import { notConfinedSentence } from '../sentences/unavailable-sentences.ts';

/** The share of memory that stays free for the server, the kernel and what readers add. */
const KEEP_FREE_SHARE = 0.3;
/** How much a sandbox grows while it is used. Measured: a whole tutorial needed 1.4 times the idle memory. */
const GROWTH = 1.5;
/**
 * The most sandboxes per core. An idle CockroachDB uses 0.8 to 1.7 % of a core, so with more of them the machine would
 * be busy with idle ones.
 */
const PER_CORE = 25;
const PROOF_MS = 10_000;
const PROOF_BYTES = 65_536;

/** The result of the self-test at the start. */
export interface SelfTest {
  readyMs: number;
  memoryBytes: number;
  slots: number;
  /** The limits of each sandbox. */
  limits: { memoryBytes: number; pids: number; cpus: number };
  /** See `Runtime.unlimited`. */
  unlimited: string[];
}

/**
 * Checks in a running cluster that it answers SQL, and that the restrictions are in force for a reader's program, in a
 * run and in a terminal: both system-call filters, no new privileges, no capabilities, no network but loopback, a
 * read-only root, and the sandbox's own kernel if the runtime claims to have one. Throws AppError `unavailable` that
 * names what is not in force.
 */
export async function selfTest(
  started: ClusterContainer,
  runtime: Pick<Runtime, 'isKernelShared' | 'unlimited' | 'room' | 'limits'>,
  maxSlots: number,
): Promise<SelfTest> {
  const session = await started.cluster.open('root', 'defaultdb');
  try {
    await session.query('SELECT 1');
  } finally {
    await session.close();
  }
  await proveConfinement(started, runtime);
  const { memoryBytes } = await started.container.usage();
  const roomBytes = Math.min(readMeminfo()('MemAvailable'), runtime.room.memoryBytes);
  const byMemory = Math.floor((roomBytes * (1 - KEEP_FREE_SHARE)) / (memoryBytes * GROWTH));
  const slots = Math.max(1, Math.min(maxSlots, byMemory, runtime.room.containers, availableParallelism() * PER_CORE));
  return {
    readyMs: started.readyMs,
    memoryBytes,
    slots,
    limits: { ...runtime.limits, memoryBytes: started.memoryBytes },
    unlimited: [...runtime.unlimited],
  };
}

/**
 * The restrictions for a reader's program, in a run and in a terminal, and the Python expression that checks each. If
 * the expression fails, the restriction counts as not in force.
 */
const DEMANDS: Record<string, string> = {
  'the system-call filter': "status()['Seccomp'] == '2'",
  'the filter for readers’ programs': 'kept_from(lambda: fcntl.flock(0, fcntl.LOCK_UN))',
  // PR_GET_NO_NEW_PRIVS, because gVisor's /proc has no field for it.
  'the ban on new privileges': 'ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 1',
  'the removal of capabilities': "int(status()['CapEff'], 16) == 0 and int(status()['CapBnd'], 16) & ~0xc0 == 0",
  'the change of user': `os.getuid() == ${READER_ID}`,
  'the cut from the network':
    "[line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]] == ['lo']",
  'the read-only root': "refused('/usr/proof') and refused('/etc/proof') and refused('/proof')",
};
const OF_TERMINALS = 'the confinement of terminals';
/** In a terminal, additionally: stdin is one, and programs cannot inject input into it (TIOCSTI). */
const IN_TERMINALS = { ...DEMANDS, typing: "os.isatty(0) and kept_from(lambda: fcntl.ioctl(0, 0x5412, b'x'))" };
const OWN_KERNEL = 'the separation from the host’s kernel';

const proofOf = (demands: Record<string, string>): string => `
import ctypes, fcntl, json, os, time
def status():
    return {key: value.strip() for key, _, value in (line.partition(':') for line in open('/proc/self/status'))}
def refused(path):
    try: os.close(os.open(path, os.O_WRONLY | os.O_CREAT)); return False
    except OSError: return True
def kept_from(doing):
    try: doing(); return False
    except PermissionError: return True
def holds(demand):
    try: return demand()
    except Exception: return False
demands = {${Object.entries(demands)
  .map(([name, demand]) => `${JSON.stringify(name)}: lambda: ${demand}`)
  .join(', ')}}
in_force = [name for name, demand in demands.items() if holds(demand)]
print(json.dumps({'inForce': in_force, 'kernelBuild': os.uname().version, 'kernelAgeSeconds': time.monotonic()}))
`;

/** The output of the proof; any field can be missing or wrong. */
interface Proof {
  inForce?: unknown;
  kernelBuild?: unknown;
  kernelAgeSeconds?: unknown;
}

async function proveConfinement(
  { container }: ClusterContainer,
  { isKernelShared }: Pick<Runtime, 'isKernelShared'>,
): Promise<void> {
  const [said, saidInTerminal] = await Promise.all([askInRun(container), askInTerminal(container)]);
  const proof = parse(said);
  const missing = missingIn(proof, DEMANDS);
  if (missingIn(parse(saidInTerminal), IN_TERMINALS).length > 0) missing.push(OF_TERMINALS);
  if (!isKernelShared && !hasOwnKernel(proof)) missing.push(OWN_KERNEL);
  if (missing.length > 0) {
    throw new AppError('unavailable', notConfinedSentence(missing), { cause: `${said}\n${saidInTerminal}` });
  }
}

function missingIn({ inForce }: Proof, demands: Record<string, string>): string[] {
  return Object.keys(demands).filter((demand) => !Array.isArray(inForce) || !inForce.includes(demand));
}

/** Returns the output of the proof in a run, empty when it fails. */
async function askInRun(container: Container): Promise<string> {
  let said = '';
  const { exitCode } = await container.run(
    { account: 'reader', argv: ['python', '-c', proofOf(DEMANDS)], timeoutMs: PROOF_MS, outputBytes: PROOF_BYTES },
    (_, bytes) => {
      said += bytes.toString('utf8');
    },
  ).ended;
  return exitCode === 0 ? said : '';
}

/** Returns the output of the proof in a terminal, empty when it fails. */
async function askInTerminal(container: Container): Promise<string> {
  const { stream, ended } = container.openTerminal({
    number: 1,
    argv: ['python', '-c', proofOf(IN_TERMINALS)],
    columns: 80,
    rows: 24,
  });
  let said = '';
  stream.on('data', (bytes: Buffer) => {
    if (said.length < PROOF_BYTES) said += bytes.toString('utf8');
  });
  const end = await within(PROOF_MS, ended);
  if (end) return end.exitCode === 0 ? said : '';
  stream.destroy();
  await ended;
  return '';
}

/**
 * Whether the sandbox's kernel is not the server's: it is another build and was started later than this process. The
 * proof runs before any reader's code, so the answer can be trusted.
 */
function hasOwnKernel({ kernelBuild, kernelAgeSeconds }: Proof): boolean {
  const isOtherBuild = typeof kernelBuild === 'string' && kernelBuild !== '' && kernelBuild !== kernelBuildOfHost();
  return isOtherBuild && typeof kernelAgeSeconds === 'number' && kernelAgeSeconds < process.uptime();
}

function parse(text: string): Proof {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
