import type { EndReason, RunEvent } from '../../shared/protocol.ts';
import { memoryBytesOf } from '../event-memory.ts';

/** A run's events, numbered from 1, with exactly one `end`, which is last. Many may follow it, from any event on. */
export class EventLog {
  readonly #events: RunEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #release = (): void => undefined;
  #ended = false;
  #keptBytes = 0;

  get ended(): boolean {
    return this.#ended;
  }

  /** How many events there are. */
  get size(): number {
    return this.#events.length;
  }

  /** What keeping it takes of our memory. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Has `release` called before anything else is added, and before the end: to add what was held back until then. */
  holdBack(release: () => void): void {
    this.#release = release;
  }

  /** Adds an event; after the end it is dropped, so that a late byte cannot follow. */
  add(event: Exclude<RunEvent, { type: 'end' }>): void {
    if (this.#ended) return;
    this.#release();
    this.#push(event);
  }

  /** Ends the log. The first reason wins. */
  end(reason: EndReason, message?: string): void {
    if (this.#ended) return;
    this.#release();
    this.#ended = true;
    this.#push(message === undefined ? { type: 'end', reason } : { type: 'end', reason, message });
  }

  #push(event: RunEvent): void {
    this.#events.push(event);
    this.#keptBytes += memoryBytesOf(event);
    this.#wake();
  }

  /** Events after number `after`, as they come, up to the end or until `signal` says that nobody listens any more. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<{ id: number; event: RunEvent }> {
    let next = after;
    while (!signal.aborted) {
      const event = this.#events[next];
      if (event !== undefined) {
        next += 1;
        yield { id: next, event };
      } else if (this.#ended) {
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
