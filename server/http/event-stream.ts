import type { Context } from 'hono';
import { within } from '../within.ts';
import type { EventLog } from '../sandbox/event-log.ts';
import { nodeBindings } from './node-bindings.ts';
import { onResponseEnd } from './response-end.ts';
import { sharedBytes } from './shared-bytes.ts';

/** Proxies drop connections that are silent for about 30 seconds. */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = Buffer.from(': still here\n\n');
/**
 * How long a client may read nothing before it is cut; otherwise it could keep a run's events in the server's memory.
 */
const STALLED_MS = 30_000;

/**
 * Answers with a run's events after number `after` as server-sent events. When the client disconnects, the stream ends
 * but the run goes on. It follows the log and starts timers only once the answer's body is read, and sends one frame at
 * a time, heartbeats included.
 */
export function sendEvents(
  context: Context,
  log: EventLog,
  after: number,
  { stalledMs = STALLED_MS, heartbeatMs = HEARTBEAT_MS } = {},
): Response {
  context.header('Content-Type', 'text/event-stream');
  context.header('Cache-Control', 'no-store');
  context.header('X-Accel-Buffering', 'no');
  // Otherwise the head would be sent only with the first event.
  context.header('Transfer-Encoding', 'chunked');
  if (context.req.method === 'HEAD') return context.body(null);
  const { outgoing } = nodeBindings(context);
  const gone = new AbortController();
  let stalled: NodeJS.Timeout | undefined;
  const events = log.follow(after, gone.signal);
  const end = (): void => {
    clearTimeout(stalled);
    gone.abort();
    void events.return(undefined);
  };
  let next: ReturnType<typeof events.next> | undefined;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    clearTimeout(stalled);
    next ??= events.next();
    const result = await within(heartbeatMs, next);
    if (gone.signal.aborted) return;
    if (result?.done) {
      end();
      return controller.close();
    }
    if (result) next = undefined;
    controller.enqueue(result ? frameOf(result.value) : HEARTBEAT);
    stalled = setTimeout(() => {
      end();
      outgoing?.destroy();
    }, stalledMs);
  };
  if (outgoing) onResponseEnd(context, end);
  return context.body(new ReadableStream({ pull, cancel: end }, { highWaterMark: 0 }));
}

function frameOf({ id, event }: { id: number; event: object }): Uint8Array<ArrayBuffer> {
  return sharedBytes(event, () => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
}
