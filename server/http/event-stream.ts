import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { EventLog } from '../sandbox/event-log.ts';

/** Proxies drop connections that are silent for about half a minute. */
const HEARTBEAT_MS = 15_000;

/** Sends a run's events after number `after` as server-sent events. The client going away ends the sending, not the run. */
export function sendEvents(context: Context, log: EventLog, after: number): Response {
  context.header('Cache-Control', 'no-store');
  context.header('X-Accel-Buffering', 'no');
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      for await (const { id, event } of log.follow(after, gone.signal)) {
        await stream.writeSSE({ id: String(id), data: JSON.stringify(event) });
      }
    } finally {
      clearInterval(heartbeat);
    }
  });
}
