import { setTimeout as pause } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { Reader, runBody } from '../../commands/client/reader.ts';
import type { Mode, Problem, RunEvent, SandboxInfo, Step } from '../../shared/protocol.ts';

/** What a reader was told on the way, in the page's terms. */
export type Told = 'no room yet' | 'server away' | 'connection broke' | 'cluster gone';

/** How long a reader keeps trying; far more than anything takes. */
const PATIENCE_MS = 3_600_000;
const RETRY_MS = 500;

/**
 * A reader who does what the page and its buttons offer: waits for room, resumes a broken stream, and, told that the
 * cluster is gone, presses Run again.
 */
export class PatientReader extends Reader {
  readonly told: Told[] = [];
  /** The machines that had this reader's sandboxes, in that order. */
  readonly machines: string[] = [];
  /** Events of the run under way, or of the last one, each once. */
  seen: RunEvent[] = [];
  readonly #untilMs = performance.now() + PATIENCE_MS;

  /** Runs the steps until they have ended in one cluster. Returns the sandbox's id. */
  async runAll(mode: Mode, steps: Step[]): Promise<string> {
    for (;;) {
      const id = await this.#claim(mode);
      this.machines.push(this.cookie('bankrun_machine')?.split('|')[0] ?? 'none');
      if (await this.#run(id, steps)) return id;
      this.told.push('cluster gone');
    }
  }

  async #claim(mode: Mode): Promise<string> {
    for (;;) {
      const answer = await this.#ask('POST', '/api/sandboxes', { mode });
      const body = (await answer?.json().catch(() => undefined)) as (SandboxInfo & Partial<Problem>) | undefined;
      if (answer?.ok && body) return body.id;
      if (body?.error && answer && ![429, 503].includes(answer.status)) throw new Error(JSON.stringify(body));
      await this.#wait(body?.error ? 'no room yet' : 'server away', answer);
    }
  }

  /** Returns false when the cluster no longer exists. */
  async #run(id: string, steps: Step[]): Promise<boolean> {
    this.seen = [];
    let answer: Response | undefined;
    for (;;) {
      answer = await this.#ask('POST', `/api/sandboxes/${id}/runs`, runBody(steps));
      if (answer?.status === 404 || answer?.status === 410) return false;
      if (answer?.ok) break;
      if (answer?.status === 409) throw new Error(await answer.text());
      await this.#wait('server away', answer);
    }
    const location = answer.headers.get('location') ?? '';
    for (;;) {
      if (answer?.ok) await this.#read(answer);
      const last = this.seen.at(-1);
      if (last?.type === 'end') return last.reason !== 'lost';
      if (answer?.status === 404 || answer?.status === 410) return false;
      await this.#wait('connection broke', undefined);
      answer = await this.#ask('GET', location, undefined, { 'last-event-id': String(this.seen.length) });
    }
  }

  /** Reads events until the end of a stream, however it ends. */
  async #read(answer: Response): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, data }) => {
        if (Number(id) !== this.seen.length + 1) throw new Error(`event ${id} after ${this.seen.length}`);
        this.seen.push(JSON.parse(data) as RunEvent);
      },
    });
    const decoder = new TextDecoder();
    const reader = answer.body!.getReader();
    for (;;) {
      const part = await reader.read().catch(() => undefined);
      if (!part || part.done) return;
      parser.feed(decoder.decode(part.value, { stream: true }));
    }
  }

  async #ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response | undefined> {
    return await this.fetch(method, path, body, headers).catch(() => undefined);
  }

  async #wait(why: Told, answer: Response | undefined): Promise<void> {
    if (performance.now() > this.#untilMs) throw new Error(`gave up: ${this.told.join(', ')}, ${why}`);
    if (this.told.at(-1) !== why) this.told.push(why);
    await pause(1000 * Number(answer?.headers.get('retry-after') ?? 0) || RETRY_MS);
  }
}

/** Returns the number that the last SQL step has counted; undefined when there is none. */
export function counted(events: readonly RunEvent[]): string | null | undefined {
  return events.findLast((event) => event.type === 'rows')?.rows[0]?.[0];
}
