import { readIfAny, type Traces } from '../../support/leftovers.ts';

/** A process of a sandbox that is killed. */
export type Victim = 'engine' | 'agent';

/** Whether a process is the victim. Forks of the agent, such as running programs, have its command line, too. */
const IS: Record<Victim, (pid: string) => boolean> = {
  engine: (pid) => readIfAny(`/proc/${pid}/cmdline`).includes('start-single-node'),
  agent: (pid) =>
    readIfAny(`/proc/${pid}/cmdline`).includes('agent.py') && /^NSpid:.*\t1$/m.test(readIfAny(`/proc/${pid}/status`)),
};

/** Returns the ids of the containers of a server, with the host's pids of their processes. */
export function containers(traces: Traces): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pid of traces.processes()) {
    const id = /bankrun-[0-9a-f]{16}/.exec(readIfAny(`/proc/${pid}/cgroup`))?.[0];
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), pid]);
  }
  return found;
}

/** Sends a signal to a process of a container. Returns false when that container has no such process. */
export function signalIn(traces: Traces, container: string, victim: Victim, signal: NodeJS.Signals): boolean {
  const pids = containers(traces).get(container) ?? [];
  const pid = pids.find(IS[victim]);
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), signal);
    return true;
  } catch {
    return false; // it has just ended
  }
}
