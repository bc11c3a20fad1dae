import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { RunEvent } from '../../server/protocol.ts';
import { AwayError, RefusedError } from './api.ts';

/** Pauses before each attempt to resume, milliseconds; after the last the server counts as away. */
const BACK_OFF_MS = [250, 500, 1000, 2000, 4000, 8000, 8000];

/**
 * A run's events in order, each once, to its end. A broken connection is resumed after the last event that came;
 * `onTrouble` hears of it (true), and when it is over (false). Throws AwayError when the server stays away, RefusedError when
 * it no longer knows the run.
 */
export async function* runEvents(
  first: ReadableStream<Uint8Array> | undefined,
  resume: (after: number) => Promise<ReadableStream<Uint8Array>>,
  onTrouble: (broken: boolean) => void,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((settle) => setTimeout(settle, ms)),
): AsyncGenerator<RunEvent> {
  let last = 0;
  let failures = 0;
  let stream = first;
  for (;;) {
    try {
      stream ??= await resume(last);
      for await (const { id, data } of stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).pipeThrough(new EventSourceParserStream())) {
        if (failures > 0) onTrouble(false);
        failures = 0;
        const number = Number(id);
        if (number <= last) continue;
        last = number;
        const event = JSON.parse(data) as RunEvent;
        yield event;
        if (event.type === 'end') return;
      }
    } catch (cause) {
      if (cause instanceof RefusedError || (cause as Error).name === 'AbortError') throw cause;
    }
    stream = undefined;
    const wait = BACK_OFF_MS[failures];
    if (wait === undefined) throw new AwayError('The connection to the server was lost.');
    failures += 1;
    onTrouble(true);
    await pause(wait);
  }
}
