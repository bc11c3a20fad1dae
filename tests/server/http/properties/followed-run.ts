import { createParser } from 'eventsource-parser';
import type { IncomingMessage } from 'node:http';
import { expect } from 'vitest';
import type { RunEvent } from '../../../../shared/protocol.ts';

/** What clients have seen of a run, over any number of connections. */
export class FollowedRun {
  readonly location: string;
  readonly #events: string[] = [];

  constructor(location: string) {
    this.location = location;
  }

  /**
   * Reads at most `most` events after number `after`, and checks them against what was seen. Returns the number of the
   * last one, and whether it was the end.
   */
  async read(answer: IncomingMessage, after: number, most: number): Promise<{ next: number; isOver: boolean }> {
    let next = after;
    let isOver = false;
    const parser = createParser({
      onEvent: ({ id, data }) => {
        if (next - after >= most) return;
        next += 1;
        expect(Number(id), `${this.location}: numbers without a gap`).toBe(next);
        expect(isOver, `${this.location}: nothing after the end`).toBe(false);
        isOver = (JSON.parse(data) as RunEvent).type === 'end';
        this.#events[next - 1] ??= data;
        expect(data, `${this.location}: event ${next}, seen again`).toBe(this.#events[next - 1]);
      },
    });
    const decoder = new TextDecoder();
    for await (const bytes of answer as AsyncIterable<Buffer>) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      if (next - after >= most) break;
    }
    return { next, isOver };
  }
}
