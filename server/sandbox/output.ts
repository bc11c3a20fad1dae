import type { EventLog } from './event-log.ts';

type Stream = 'stdout' | 'stderr';

/** Pieces of a stream that come within this time of its last event become one event. */
const JOIN_MS = 5;
/** The more events a run has, the longer pieces are joined: a byte now and then, for half an hour, must not fill our memory. */
const EVENTS_FOR_A_MS = 1000;
/** What an event counts at least when the other stream tore it off: order is kept, and costs us more than a byte. */
const TORN_BYTES = 16;

/** Writes a process's bytes into a log as text: UTF-8 across chunks, small pieces joined, counted against what the run may still print. */
export class Output {
  readonly #log: EventLog;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  readonly #lastMs = { stdout: Number.NEGATIVE_INFINITY, stderr: Number.NEGATIVE_INFINITY };
  #held: { stream: Stream; pieces: string[]; bytes: number; timer: NodeJS.Timeout } | undefined;
  #leftBytes: number;

  constructor(log: EventLog, limitBytes: number) {
    this.#log = log;
    this.#leftBytes = limitBytes;
    log.holdBack(() => this.#release());
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
  write(stream: Stream, bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.leftBytes);
    this.#leftBytes -= bytes.length;
    this.#emit(stream, this.#decoders[stream].decode(part, { stream: true }), part.length);
  }

  /** Counts an answer's size; false when it no longer fits. */
  spend(bytes: number): boolean {
    this.#leftBytes -= bytes;
    return this.#leftBytes >= 0;
  }

  /** Ends a step: what an unfinished character left behind is shown as a replacement character. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#emit(stream, this.#decoders[stream].decode(), 0);
      this.#decoders[stream] = new TextDecoder();
    }
    this.#release();
  }

  /** The first piece of a stream goes at once; what follows closely is held for a moment, and joined. */
  #emit(stream: Stream, text: string, bytes: number): void {
    if (text === '') return;
    if (this.#held && this.#held.stream !== stream) {
      this.#leftBytes -= Math.max(0, TORN_BYTES - this.#held.bytes);
      this.#release();
    }
    if (this.#held) {
      this.#held.pieces.push(text);
      this.#held.bytes += bytes;
      return;
    }
    const waitMs = this.#lastMs[stream] + Math.max(JOIN_MS, this.#log.size / EVENTS_FOR_A_MS) - performance.now();
    if (waitMs <= 0) this.#add(stream, text);
    else this.#held = { stream, pieces: [text], bytes, timer: setTimeout(() => this.#release(), waitMs) };
  }

  /** Adds what is held. Nothing is held when it returns. */
  #release(): void {
    const held = this.#held;
    if (!held) return;
    clearTimeout(held.timer);
    this.#held = undefined;
    // Not added up as they come: that would keep a node for each, as long as nobody reads the text.
    this.#add(held.stream, held.pieces.join(''));
  }

  #add(stream: Stream, text: string): void {
    this.#lastMs[stream] = performance.now();
    this.#log.add({ type: 'output', stream, text });
  }
}
