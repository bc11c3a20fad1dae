import type { RunEvent } from '../../shared/protocol.ts';
import type { QueryResult } from '../cluster/sql-session.ts';
import { memoryBytesOf, tableBytes } from '../event-memory.ts';
import type { EventLog } from './event-log.ts';

type Stream = 'stdout' | 'stderr';

/** Pieces of a stream that arrive within this time after its last event are joined into one event. */
const JOIN_MS = 5;
/**
 * The time grows by 1 ms for this many events of a run, so that single bytes over half an hour cannot fill the server's
 * memory.
 */
const EVENTS_FOR_A_MS = 50;
/**
 * How much memory a run may take in relation to its output limit, and at least: small pieces, and cells of rows, take
 * more memory than their text.
 */
const KEPT_FACTOR = 4;
const MIN_KEPT_BYTES = 256 << 10;
/** How many rows of an answer are kept unless they end the run. */
const SURE_ROWS = 1000;

/** Returns how much memory a run with that output limit may take, bytes. */
export function keptLimitOf(outputBytes: number): number {
  return Math.max(MIN_KEPT_BYTES, KEPT_FACTOR * outputBytes);
}

/**
 * Writes a process's bytes into a log as text: decodes UTF-8 across chunks, joins small pieces, and applies the run's
 * output limit.
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

  /** How much the run may still print, bytes. */
  get leftBytes(): number {
    return Math.max(0, this.#leftBytes);
  }

  /** The limit that was exceeded, if any: of printed bytes or of memory. */
  get over(): 'printed' | 'kept' | undefined {
    if (this.#hasNoRoom || this.#log.keptBytes > this.#keptLimitBytes) return 'kept';
    return this.#leftBytes < 0 ? 'printed' : undefined;
  }

  /** Writes bytes of a stream. Those over the limit are dropped. */
  write(stream: Stream, bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.leftBytes);
    this.#leftBytes -= bytes.length;
    this.#emit(stream, this.#decoders[stream].decode(part, { stream: true }));
  }

  /**
   * Returns an answer of the database as an event. Of its rows, those beyond the first thousand are dropped where they
   * would take more than half of the memory that the run has left, so that one long answer does not end it.
   */
  answerOf(answer: QueryResult): RunEvent & { type: 'rows' } {
    let leftBytes = (this.#keptLimitBytes - this.#log.keptBytes) / 2;
    const isOver = (row: (string | null)[], at: number): boolean => {
      leftBytes -= tableBytes([], [row]);
      return at >= SURE_ROWS && leftBytes < 0;
    };
    const tooMany = answer.rows.findIndex(isOver);
    return { type: 'rows', ...answer, rows: tooMany < 0 ? answer.rows : answer.rows.slice(0, tooMany) };
  }

  /** Whether an event fits into the memory limit; if not, the run counts as over it. */
  hasRoomFor(event: RunEvent): boolean {
    this.#hasNoRoom ||= this.#log.keptBytes + memoryBytesOf(event) > this.#keptLimitBytes;
    return !this.#hasNoRoom;
  }

  /** Ends a step's output: an incomplete character becomes a replacement character. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#emit(stream, this.#decoders[stream].decode());
      this.#decoders[stream] = new TextDecoder();
    }
    this.#release();
  }

  /** Adds the first piece of a stream at once; those that follow closely are held for a moment and joined. */
  #emit(stream: Stream, text: string): void {
    if (text === '' || this.over === 'kept') return;
    if (this.#held && this.#held.stream !== stream) this.#release();
    if (this.#held) return void this.#held.pieces.push(text);
    const waitMs = this.#lastMs[stream] + Math.max(JOIN_MS, this.#log.size / EVENTS_FOR_A_MS) - performance.now();
    if (waitMs <= 0) this.#add(stream, text);
    else this.#held = { stream, pieces: [text], timer: setTimeout(() => this.#release(), waitMs) };
  }

  /** Adds the held pieces. */
  #release(): void {
    const held = this.#held;
    if (!held) return;
    clearTimeout(held.timer);
    this.#held = undefined;
    // Not concatenated earlier, because V8 keeps a node for each concatenation until the text is read.
    this.#add(held.stream, held.pieces.join(''));
  }

  #add(stream: Stream, text: string): void {
    this.#lastMs[stream] = performance.now();
    this.#log.add({ type: 'output', stream, text });
  }
}
