import type { RunEvent } from '../../shared/protocol.ts';
import { memoryBytesOf } from '../event-memory.ts';
import type { EventLog } from './event-log.ts';

type Stream = 'stdout' | 'stderr';

/** Pieces of a stream that come within this time of its last event become one event. */
const JOIN_MS = 5;
/**
 * The more events a run has, the longer pieces are joined: a byte now and then, for half an hour, must not fill our
 * memory.
 */
const EVENTS_FOR_A_MS = 50;
/**
 * How much more than it may print a run may take of our memory, and what any may: small pieces, and cells of rows, cost
 * more than they print.
 */
const KEPT_FACTOR = 4;
const LEAST_KEPT_BYTES = 256 << 10;

/** What a run that may print so much may take of our memory, bytes. */
export function keptLimitOf(outputBytes: number): number {
  return Math.max(LEAST_KEPT_BYTES, KEPT_FACTOR * outputBytes);
}

/**
 * Writes a process's bytes into a log as text: UTF-8 across chunks, small pieces joined, counted against what the run
 * may still print.
 */
export class RunOutput {
  readonly #log: EventLog;
  readonly #keptLimitBytes: number;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  readonly #lastMs = { stdout: Number.NEGATIVE_INFINITY, stderr: Number.NEGATIVE_INFINITY };
  #held: { stream: Stream; pieces: string[]; timer: NodeJS.Timeout } | undefined;
  #leftBytes: number;
  #hasNoRoom = false;

  constructor(log: EventLog, limitBytes: number) {
    this.#log = log;
    this.#keptLimitBytes = keptLimitOf(limitBytes);
    this.#leftBytes = limitBytes;
    log.holdBack(() => this.#release());
  }

  /** What the run may still print, bytes. */
  get leftBytes(): number {
    return Math.max(0, this.#leftBytes);
  }

  /** Which limit was met: more was written than may be printed, or what there is takes more than is kept of a run. */
  get over(): 'printed' | 'kept' | undefined {
    if (this.#hasNoRoom || this.#log.keptBytes > this.#keptLimitBytes) return 'kept';
    return this.#leftBytes < 0 ? 'printed' : undefined;
  }

  /** What is over the limit is dropped: a background program's own limit is another. */
  write(stream: Stream, bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.leftBytes);
    this.#leftBytes -= bytes.length;
    this.#emit(stream, this.#decoders[stream].decode(part, { stream: true }));
  }

  /** Whether an event still has room; when not, the run is over its limit. */
  hasRoomFor(event: RunEvent): boolean {
    this.#hasNoRoom ||= this.#log.keptBytes + memoryBytesOf(event) > this.#keptLimitBytes;
    return !this.#hasNoRoom;
  }

  /** Ends a step: what an unfinished character left behind is shown as a replacement character. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#emit(stream, this.#decoders[stream].decode());
      this.#decoders[stream] = new TextDecoder();
    }
    this.#release();
  }

  /** The first piece of a stream goes at once; what follows closely is held for a moment, and joined. */
  #emit(stream: Stream, text: string): void {
    if (text === '' || this.over === 'kept') return;
    if (this.#held && this.#held.stream !== stream) this.#release();
    if (this.#held) return void this.#held.pieces.push(text);
    const waitMs = this.#lastMs[stream] + Math.max(JOIN_MS, this.#log.size / EVENTS_FOR_A_MS) - performance.now();
    if (waitMs <= 0) this.#add(stream, text);
    else this.#held = { stream, pieces: [text], timer: setTimeout(() => this.#release(), waitMs) };
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
