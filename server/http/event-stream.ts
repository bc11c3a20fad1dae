import type { Context } from 'hono';
import { within } from '../within.ts';
import type { EventLog } from '../sandbox/event-log.ts';
import { nodeBindings } from './node-bindings.ts';
import { onResponseEnd } from './response-end.ts';
import { sharedBytes } from './shared-bytes.ts';

/** Proxies drop connections that are silent for about half a minute. */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = Buffer.from(': still here\n\n');
/**
 * A client that takes nothing for that long is cut: it would keep a run's events in our memory for as long as it likes.
 */
const STALLED_MS = 30_000;

/**
 * Sends a run's events after number `after` as server-sent events. The client going away ends the sending, not the run.
 * Nothing is followed, and no timer runs, before the answer's body is read; one thing at a time is on its way, a
 * heartbeat too.
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
  // Else the head would wait for the first event.
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
  let coming: ReturnType<typeof events.next> | undefined;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    clearTimeout(stalled);
    coming ??= events.next();
    const come = await within(heartbeatMs, coming);
    if (gone.signal.aborted) return;
    if (come?.done) {
      end();
      return controller.close();
    }
    if (come) coming = undefined;
    controller.enqueue(come ? frameOf(come.value) : HEARTBEAT);
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
