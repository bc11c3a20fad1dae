import { MODES } from '../../shared/modes.ts';
import { Reader } from '../client/reader.ts';
import type { RunningServer } from '../client/server.ts';
import { containersTime, processTime } from './processor.ts';

/** How many starts in each mode tell what one costs. */
const STARTS = 4;

/** Processor time, milliseconds. */
export interface Cost {
  /** All processes in containers. */
  containersMs: number;
  /** The server and the programs that it starts, such as the runtime. */
  serverMs: number;
}

/** What a crowd cost, by what it was spent on. */
export interface CrowdCost {
  startsMs: number;
  serverMs: number;
  programsMs: number;
}

/** Returns the processor time that `work` costs a server with that INSTANCE. */
export async function costOf({ pid }: RunningServer, instance: string, work: () => Promise<unknown>): Promise<Cost> {
  const containers = containersTime(instance);
  const used = (): Cost => {
    const { ownMs, endedMs } = processTime(pid);
    return { containersMs: containers(), serverMs: ownMs + endedMs };
  };
  const before = used();
  await work();
  const after = used();
  return {
    containersMs: after.containersMs - before.containersMs,
    serverMs: after.serverMs - before.serverMs,
  };
}

/** Returns what a start costs on average in both modes, when nothing else is under way. */
export async function costOfStart(server: RunningServer, instance: string): Promise<Cost> {
  const made: [Reader, string][] = [];
  const claim = async (): Promise<void> => {
    for (let round = 0; round < STARTS; round += 1)
      for (const mode of MODES) {
        const reader = new Reader(server.url);
        made.push([reader, (await reader.claim(mode)).id]);
      }
  };
  const { containersMs, serverMs } = await costOf(server, instance, claim);
  await Promise.all(made.map(([reader, id]) => reader.reset(id)));
  return { containersMs: containersMs / made.length, serverMs: serverMs / made.length };
}

/** Divides the cost of a crowd of `count` readers, each of whom needed a start. */
export function divideCost(crowd: Cost, start: Cost, count: number): CrowdCost {
  return {
    startsMs: (start.containersMs + start.serverMs) * count,
    serverMs: crowd.serverMs - start.serverMs * count,
    programsMs: crowd.containersMs - start.containersMs * count,
  };
}
