import type { EndReason, RunEvent } from '../../shared/protocol.ts';
import { memoryBytesOf } from '../event-memory.ts';

/** A run's events, numbered from 1. The last one is the only `end`. Several clients can follow it, from any event. */
export class EventLog {
  readonly #events: RunEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #release = (): void => undefined;
  #reason: EndReason | undefined;
  #keptBytes = 0;

  get ended(): boolean {
    return this.#reason !== undefined;
  }

  /** Why the run ended; undefined until then. */
  get reason(): EndReason | undefined {
    return this.#reason;
  }

  /** The number of events. */
  get size(): number {
    return this.#events.length;
  }

  /** How much memory the events take, bytes. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Registers a function that is called before each event is added; it can first add output that was held back. */
  holdBack(release: () => void): void {
    this.#release = release;
  }

  /** Adds an event. Events after the end are dropped. */
  add(event: Exclude<RunEvent, { type: 'end' }>): void {
    if (this.ended) return;
    this.#release();
    this.#push(event);
  }

  /** Ends the log. Only the first call has an effect. */
  end(reason: EndReason, message?: string): void {
    if (this.ended) return;
    this.#release();
    this.#reason = reason;
    this.#push(message === undefined ? { type: 'end', reason } : { type: 'end', reason, message });
  }

  #push(event: RunEvent): void {
    this.#events.push(event);
    this.#keptBytes += memoryBytesOf(event);
    this.#wake();
  }

  /** Yields the events after number `after`, including future ones, until the end or until `signal` aborts. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<{ id: number; event: RunEvent }> {
    let next = after;
    while (!signal.aborted) {
      const event = this.#events[next];
      if (event !== undefined) {
        next += 1;
        yield { id: next, event };
      } else if (this.ended) {
        return;
      } else {
        await this.#change(signal);
      }
    }
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((settle) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        settle();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
