import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { EventLog } from '../sandbox/event-log.ts';

/** Proxies drop connections that are silent for about half a minute. */
const HEARTBEAT_MS = 15_000;
/** A client that takes nothing for that long is cut: it would keep a run's events in our memory for as long as it likes. */
const STALLED_MS = 30_000;

/** Sends a run's events after number `after` as server-sent events. The client going away ends the sending, not the run. */
export function sendEvents(context: Context, log: EventLog, after: number, stalledMs = STALLED_MS): Response {
  context.header('Cache-Control', 'no-store');
  context.header('X-Accel-Buffering', 'no');
  const { outgoing } = (context.env ?? {}) as Partial<HttpBindings>;
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const cut = (): void => void outgoing?.destroy();
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      for await (const { id, event } of log.follow(after, gone.signal)) {
        const stalled = setTimeout(cut, stalledMs);
        await stream.writeSSE({ id: String(id), data: JSON.stringify(event) }).finally(() => clearTimeout(stalled));
      }
    } finally {
      clearInterval(heartbeat);
    }
  });
}
