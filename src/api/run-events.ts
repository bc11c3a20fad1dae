import { createParser } from 'eventsource-parser';
import type { RunEvent } from '../../shared/protocol.ts';
import { AwayError, isRefusal, RefusedError } from './request.ts';
import { CONNECTION_LOST } from '../sentences/server-sentences.ts';

/** Pauses before each attempt to resume, in milliseconds. After the last one the server counts as away. */
export const BACK_OFF_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 8000, 8000];
/** The longest pause that is kept, even if the server asks for more. */
const LONGEST_PAUSE_MS = 30_000;
/** The server sends something at least every 15 s, so a connection that is silent for this long is broken. */
const SILENT_MS = 40_000;

/** How to resume a broken stream, and whom to tell meanwhile. */
export interface Resuming {
  resume: (after: number) => Promise<ReadableStream<Uint8Array>>;
  /** Called with true when the connection breaks, and with false when it works again. */
  onTrouble: (broken: boolean) => void;
  /** Ends the waiting; `runEvents` then throws its reason. */
  signal: AbortSignal;
  pause?: (ms: number) => Promise<void>;
}

/**
 * Yields a run's events in order, each once, until the run ends. Resumes a broken connection after the last event
 * received. Throws AwayError when the server stays away, RefusedError when it no longer knows the run, and the signal's
 * reason when it is aborted.
 */
export async function* runEvents(
  first: ReadableStream<Uint8Array> | undefined,
  { resume, onTrouble, signal, pause = sleep }: Resuming,
): AsyncGenerator<RunEvent> {
  let last = 0;
  let failures = 0;
  let stream = first;
  for (;;) {
    let minMs = 0;
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
      if (cause instanceof RefusedError) minMs = 1000 * (cause.retryAfterSeconds ?? 0);
    }
    signal.throwIfAborted();
    stream = undefined;
    const wait = BACK_OFF_MS[failures];
    if (wait === undefined) throw new AwayError(CONNECTION_LOST);
    failures += 1;
    onTrouble(true);
    await pause(Math.max(wait, Math.min(minMs, LONGEST_PAUSE_MS)));
    signal.throwIfAborted();
  }
}

const sleep = (ms: number): Promise<void> => new Promise((settle) => setTimeout(settle, ms));

/**
 * Yields the events of one connection. Throws when it breaks, when it is silent for too long, and when the signal is
 * aborted.
 */
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
