import type { EventLog } from './event-log.ts';

/** What an event costs us beside its bytes: else a mebibyte printed byte by byte would be hundreds in our memory. */
const LEAST_BYTES = 16;

/** Writes a process's bytes into a log as text: UTF-8 across chunks, counted against what the run may still print. */
export class Output {
  readonly #log: EventLog;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #leftBytes: number;

  constructor(log: EventLog, limitBytes: number) {
    this.#log = log;
    this.#leftBytes = limitBytes;
  }

  /** What the run may still print, bytes. */
  get leftBytes(): number {
    return Math.max(0, this.#leftBytes);
  }

  /** Whether more was written, or spent, than the limit allows. */
  get isOver(): boolean {
    return this.#leftBytes < 0;
  }

  /** What is over the limit is dropped: a background program's own limit is another. */
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.leftBytes);
    this.#leftBytes -= Math.max(bytes.length, LEAST_BYTES);
    this.#emit(stream, this.#decoders[stream].decode(part, { stream: true }));
  }

  /** Counts an answer's size; false when it no longer fits. */
  spend(bytes: number): boolean {
    this.#leftBytes -= bytes;
    return this.#leftBytes >= 0;
  }

  /** Ends a step: what an unfinished character left behind is shown as a replacement character. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#emit(stream, this.#decoders[stream].decode());
      this.#decoders[stream] = new TextDecoder();
    }
  }

  #emit(stream: 'stdout' | 'stderr', text: string): void {
    if (text !== '') this.#log.add({ type: 'output', stream, text });
  }
}
