import { createParser } from 'eventsource-parser';
import type { RunEvent } from '../../shared/protocol.ts';
import { AwayError, isRefusal, RefusedError } from './request.ts';

/** Pauses before each attempt to resume, milliseconds; after the last the server counts as away. */
export const BACK_OFF_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 8000, 8000];
/** However late the server wants to be asked again. */
const LONGEST_MS = 30_000;
/** The server says something at least every 15 s; a line this silent is broken, though nobody was told. */
const SILENT_MS = 40_000;

/** How events come to be read again, and what is told meanwhile. */
export interface Resuming {
  resume: (after: number) => Promise<ReadableStream<Uint8Array>>;
  /** True when the connection broke, false when it is mended. */
  onTrouble: (broken: boolean) => void;
  /** Ends the waiting: its reason is thrown. */
  signal: AbortSignal;
  pause?: (ms: number) => Promise<void>;
}

/**
 * A run's events in order, each once, to its end. A broken connection is resumed after the last event that came. Throws
 * AwayError when the server stays away, RefusedError when it no longer knows the run, the signal's reason when that is
 * aborted.
 */
export async function* runEvents(
  first: ReadableStream<Uint8Array> | undefined,
  { resume, onTrouble, signal, pause = sleep }: Resuming,
): AsyncGenerator<RunEvent> {
  let last = 0;
  let failures = 0;
  let stream = first;
  for (;;) {
    let leastMs = 0;
    try {
      stream ??= await resume(last);
      for await (const { id, event } of readEvents(stream, signal)) {
        if (failures > 0) onTrouble(false);
        failures = 0;
        if (id <= last) continue;
        last = id;
        yield event;
        if (event.type === 'end') return;
      }
    } catch (cause) {
      if (isRefusal(cause)) throw cause;
      if (cause instanceof RefusedError) leastMs = 1000 * (cause.retryAfterSeconds ?? 0);
    }
    signal.throwIfAborted();
    stream = undefined;
    const wait = BACK_OFF_MS[failures];
    if (wait === undefined) throw new AwayError('The connection to the server was lost.');
    failures += 1;
    onTrouble(true);
    await pause(Math.max(wait, Math.min(leastMs, LONGEST_MS)));
    signal.throwIfAborted();
  }
}

const sleep = (ms: number): Promise<void> => new Promise((settle) => setTimeout(settle, ms));

/** The events of one connection. Throws when it breaks, is silent for too long, or the reader gives up. */
async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<{ id: number; event: RunEvent }> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let come: { id: number; event: RunEvent }[] = [];
  const parser = createParser({
    onEvent: ({ id, data }) => come.push({ id: Number(id), event: JSON.parse(data) as RunEvent }),
  });
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const silent = setTimeout(cancel, SILENT_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silent));
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* come;
      come = [];
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
