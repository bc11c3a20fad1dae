import type { ProcessEnd } from './container.ts';

const CUTS = ['timeout', 'output', 'killed'] as const;

/** Parses the agent's report of a process's end. Throws RangeError when it is malformed. */
export function asProcessEnd(payload: Buffer): ProcessEnd {
  const { exitCode, cut, ms } = parse(payload);
  if (!isExitCode(exitCode) || typeof ms !== 'number') throw new RangeError('a process’s end without an exit code');
  const known = CUTS.find((name) => name === cut);
  return { exitCode, ms, ...(known ? { cut: known } : {}) };
}

/** Parses the agent's report of the end of a terminal's program. Throws RangeError when it is malformed. */
export function asTerminalEnd(payload: Buffer): { exitCode: number } {
  const { exitCode } = parse(payload);
  if (!isExitCode(exitCode)) throw new RangeError('a terminal’s end without an exit code');
  return { exitCode };
}

/** Parses the agent's report of the engine's end. Throws RangeError when it is malformed. */
export function asEngineEnd(payload: Buffer): { exitCode: number; log: string } {
  const { exitCode, log } = parse(payload);
  if (!isExitCode(exitCode) || typeof log !== 'string') throw new RangeError('the engine’s end without an exit code');
  return { exitCode, log };
}

/**
 * Returns the restrictions that are not in force for the agent, as phrases, judged by its `hello`. A missing field
 * counts as not in force, except that the ban on new privileges is checked only with the host's kernel: gVisor's /proc
 * does not show it.
 */
export function gapsInConfinement(hello: unknown, isKernelShared: boolean): string[] {
  const status = (hello ?? {}) as Record<string, unknown>;
  const gaps: string[] = [];
  if (status['Seccomp'] !== '2') gaps.push('the system-call filter');
  if (isKernelShared && status['NoNewPrivs'] !== '1') gaps.push('the ban on new privileges');
  if (status['CapBnd'] !== AGENT_CAPABILITIES) gaps.push('the removal of capabilities');
  if (status['pid'] !== 1) gaps.push('the process namespace');
  return gaps;
}

/** CAP_SETGID and CAP_SETUID, as /proc writes them. */
const AGENT_CAPABILITIES = '00000000000000c0';

function parse(payload: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(payload.toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new RangeError('not an object');
  return value as Record<string, unknown>;
}

function isExitCode(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}
