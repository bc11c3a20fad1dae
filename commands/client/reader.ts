import { createParser } from 'eventsource-parser';
import type { ClaimRequest, Mode, RunEvent, RunRequest, SandboxInfo, Step, Table } from '../../shared/protocol.ts';

/** An answer of the API. */
export interface ApiAnswer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** A run as a client sees it. */
export interface RunRecord {
  location: string;
  events: RunEvent[];
  ids: number[];
}

/** Returns the body of a request that runs steps, byte for byte as the page sends it. */
export function runBody(steps: Step[]): string {
  return JSON.stringify({ steps } satisfies RunRequest);
}

/** A reader who uses the API as the page does, with their own cookies: the server's, and that of a balancer. */
export class Reader {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Returns the address and headers with which this reader's browser would open a WebSocket. */
  webSocket(path: string): { url: string; headers: Record<string, string> } {
    return { url: this.#url.replace('http', 'ws') + path, headers: { cookie: this.#cookie, origin: this.#url } };
  }

  /** Sends any request with this reader's cookie. */
  async fetch(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: {
        ...(this.#cookies.size > 0 ? { cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
      if (/; *max-age=0\b/i.test(cookie)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Returns a cookie's value. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  get #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Sends any request with this reader's cookie and returns the answer with its JSON body. */
  async ask<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer<T>> {
    const answer = await this.fetch(method, path, body, headers);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** Returns this reader's sandbox for that mode. Throws when the server refuses it. */
  async claim(mode: Mode, imports: string[] = []): Promise<SandboxInfo> {
    const { status, body } = await this.ask<SandboxInfo>('POST', '/api/sandboxes', {
      mode,
      imports,
    } satisfies ClaimRequest);
    if (status !== 200 && status !== 201) throw new Error(`no sandbox: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Runs these steps to the end. `onEvent` is called with each event as it arrives, and the run's location. */
  async run(sandbox: string, steps: Step[], onEvent?: (event: RunEvent, location: string) => void): Promise<RunRecord> {
    const answer = await this.fetch('POST', `/api/sandboxes/${sandbox}/runs`, runBody(steps));
    if (!answer.ok) throw new Error(`no run: ${answer.status} ${await answer.text()}`);
    const location = answer.headers.get('location') ?? '';
    return { location, ...(await readEvents(answer, (event) => onEvent?.(event, location))) };
  }

  /** Returns the events of a run after number `after`. */
  async events(location: string, after = 0): Promise<Omit<RunRecord, 'location'>> {
    return await readEvents(
      await this.fetch('GET', location, undefined, after > 0 ? { 'last-event-id': String(after) } : {}),
    );
  }

  /** Returns the tables of a sandbox. */
  async tables(sandbox: string): Promise<Table[]> {
    return (await this.ask<{ tables: Table[] }>('GET', `/api/sandboxes/${sandbox}/tables`)).body.tables;
  }

  /** Removes a sandbox, if it is not already gone. Throws when the server does not remove it. */
  async reset(sandbox: string): Promise<void> {
    const { ok, status } = await this.fetch('DELETE', `/api/sandboxes/${sandbox}`);
    if (!ok && status !== 404 && status !== 410) throw new Error(`the sandbox was not removed: ${status}`);
  }
}

async function readEvents(
  answer: Response,
  onEvent?: (event: RunEvent) => void,
): Promise<{ events: RunEvent[]; ids: number[] }> {
  const events: RunEvent[] = [];
  const ids: number[] = [];
  const parser = createParser({
    onEvent: ({ id, data }) => {
      const event = JSON.parse(data) as RunEvent;
      events.push(event);
      ids.push(Number(id));
      onEvent?.(event);
    },
  });
  if (!answer.body) throw new Error('the answer has no body');
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) parser.feed(decoder.decode(chunk, { stream: true }));
  return { events, ids };
}

/** Returns everything that a run printed, on one stream or on both. */
export function printed(events: RunEvent[], stream?: 'stdout' | 'stderr'): string {
  return events
    .map((event) => (event.type === 'output' && (stream === undefined || event.stream === stream) ? event.text : ''))
    .join('');
}

/** Returns the run's end. Throws when there is none, more than one, or anything after it. */
export function endOf(events: RunEvent[]): Extract<RunEvent, { type: 'end' }> {
  const last = events.at(-1);
  if (last?.type !== 'end' || events.filter((event) => event.type === 'end').length !== 1)
    throw new Error(`the run did not end properly: ${JSON.stringify(events.slice(-3))}`);
  return last;
}
