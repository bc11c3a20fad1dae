import type { RunningServer } from '../client/server.ts';

const LOOK_MS = 250;
const DEADLINE_MS = 600_000;

/** The settings of a server that makes certificates ahead for so many secure clusters, for `certificatesMade`. */
export function makingAhead(count: number): Record<string, string> {
  return { CERTIFICATES_AHEAD: String(count), METRICS_ADDRESS: '127.0.0.1:0' };
}

/** Waits until the server has made as many certificates ahead as it may. Returns their number of sets. */
export async function certificatesMade(server: RunningServer, count: number): Promise<number> {
  const metrics = /^Metrics are at (\S+)$/m.exec(server.log())?.[1];
  if (metrics === undefined) throw new Error('the server does not say where its metrics are');
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const text = await (await fetch(metrics)).text();
    const most = Math.min(count, valueIn(text, 'bankrun_slots'));
    if (valueIn(text, 'bankrun_certificates_ahead') >= most) return most;
    if (performance.now() > deadline) throw new Error('the server did not make its certificates in ten minutes');
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
}

function valueIn(text: string, metric: string): number {
  return Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1]);
}
