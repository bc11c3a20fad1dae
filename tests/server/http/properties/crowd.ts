import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Mode, SandboxInfo } from '../../../../shared/protocol.ts';
import { within } from '../../../../server/within.ts';
import { READERS, type Action } from './actions.ts';
import { goodBody, send } from './answers.ts';
import { FollowedRun } from './followed-run.ts';

/** After this time something hangs: a machine under load needs a tenth of it. */
const HANGS_MS = 30_000;
/** A client that sends nonsense waits this long for an answer. */
const NONSENSE_MS = 50;

interface Member {
  cookie: string;
  /** The newest sandbox of each mode. */
  sandboxes: Partial<Record<Mode, string>>;
  runs: FollowedRun[];
}

/** Several readers of one server. What they begin goes on while others act, until `leave`. */
export class Crowd {
  readonly #url: string;
  readonly #lose: (id: string) => void;
  readonly #members: Member[] = Array.from({ length: READERS }, () => ({ cookie: '', sandboxes: {}, runs: [] }));
  readonly #underWay: Promise<unknown>[] = [];
  readonly #sockets = new Set<WebSocket>();
  /** Sandboxes, with the cookies of those who may remove them. */
  readonly #claimed: { cookie: string; id: string; host?: string }[] = [];

  /** `lose` ends the container of that sandbox. */
  constructor(url: string, lose: (id: string) => void) {
    this.#url = url;
    this.#lose = lose;
  }

  /** Begins an action. Resolves when the next one may begin. */
  async act(action: Action): Promise<void> {
    switch (action.do) {
      case 'claim':
        return await this.#claim(action);
      case 'run':
        return await this.#run(action);
      case 'ask': {
        const { reader, owner, mode, method, rest } = action;
        const id = this.#members[owner]!.sandboxes[mode] ?? 'none';
        this.#begin(this.#ask(reader, method, `/api/sandboxes/${id}${rest}`, '', reader === owner));
        return;
      }
      case 'follow':
      case 'stop':
        return this.#begin(this.#attend(action));
      case 'terminal':
        return this.#begin(this.#terminal(action));
      case 'odd':
        return this.#begin(this.#odd(action));
      case 'raw':
        return this.#begin(this.#raw(action.text));
      case 'lose': {
        const id = this.#members[action.reader]!.sandboxes[action.mode];
        if (id !== undefined) this.#lose(id);
        return;
      }
      case 'wait':
        for (let count = 0; count < action.turns; count += 1) await turn();
    }
  }

  /** Removes all sandboxes and waits for everything that was begun. Throws when something hangs, or was wrong. */
  async leave(): Promise<void> {
    // First, because runs may wait for programs that do not end by themselves; and last, for those claimed meanwhile.
    await this.#removeAll();
    for (const socket of this.#sockets) socket.terminate();
    const over = await within(HANGS_MS, Promise.allSettled(this.#underWay));
    await this.#removeAll();
    if (!over) throw new Error('something hangs');
    for (const each of over) if (each.status === 'rejected') throw each.reason;
  }

  async #removeAll(): Promise<void> {
    for (const { id, cookie, host } of this.#claimed)
      await goodBody(
        await this.#send('DELETE', `/api/sandboxes/${id}`, cookie, '', host === undefined ? {} : { host }),
        'a removal',
      );
  }

  #begin(doing: Promise<unknown>): void {
    doing.catch(() => undefined); // it is looked at in the end
    this.#underWay.push(doing);
  }

  async #send(method: string, path: string, cookie: string, body = '', headers: object = {}): Promise<IncomingMessage> {
    const answer = await send(
      this.#url + path,
      { method, headers: { ...(cookie === '' ? {} : { cookie }), ...headers } },
      body,
    );
    Object.assign(answer, { method });
    return answer;
  }

  async #claim({ reader, mode, isDropped }: Extract<Action, { do: 'claim' }>): Promise<void> {
    const member = this.#members[reader]!;
    // Nobody would have the cookie to remove what is left, if a claim that makes a reader is given up too late.
    if (isDropped && member.cookie === '') return this.#begin(this.#raw(this.#claimText(mode)));
    const answer = await this.#send('POST', '/api/sandboxes', member.cookie, JSON.stringify({ mode }));
    const body = await goodBody(answer, 'a claim');
    member.cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? member.cookie;
    if (answer.statusCode !== 200 && answer.statusCode !== 201) return;
    const { id } = JSON.parse(body) as SandboxInfo;
    member.sandboxes[mode] = id;
    this.#claimed.push({ cookie: member.cookie, id });
  }

  async #ask(reader: number, method: string, path: string, body: string, isOwn: boolean): Promise<void> {
    const answer = await this.#send(method, path, this.#members[reader]!.cookie, body);
    await goodBody(answer, `${method} ${path}`);
    if (!isOwn) expect(answer.statusCode, `${method} ${path} of another reader`).toBeGreaterThanOrEqual(400);
  }

  async #run({ reader, mode, steps, drops }: Extract<Action, { do: 'run' }>): Promise<void> {
    const { cookie, sandboxes, runs } = this.#members[reader]!;
    const path = `/api/sandboxes/${sandboxes[mode] ?? 'none'}/runs`;
    const answer = await this.#send('POST', path, cookie, JSON.stringify({ steps }));
    if (answer.statusCode !== 200) return void (await goodBody(answer, 'a run'));
    const run = new FollowedRun(answer.headers.location ?? '');
    runs.push(run);
    this.#begin(this.#follow(run, cookie, answer, 0, drops));
  }

  /** Reads a run to its end, over several connections. A run of a sandbox that is gone cannot be followed again. */
  async #follow(
    run: FollowedRun,
    cookie: string,
    first: IncomingMessage,
    from: number,
    drops: number[],
  ): Promise<void> {
    let answer = first;
    let after = from;
    for (const most of [...drops, Infinity]) {
      const { next, isOver } = await run.read(answer, after, most);
      answer.destroy();
      if (isOver) return;
      expect(most, `${run.location}: an end, the last event`).not.toBe(Infinity);
      after = next;
      answer = await this.#send('GET', run.location, cookie, '', { 'last-event-id': String(after) });
      if (answer.statusCode !== 200) return void (await goodBody(answer, 'a run that is followed again'));
    }
  }

  async #attend({ do: what, reader, nth, after }: Extract<Action, { do: 'follow' | 'stop' }>): Promise<void> {
    const { cookie, runs } = this.#members[reader]!;
    const run = runs.at(-1 - nth);
    if (!run) return;
    if (what === 'stop') return void (await goodBody(await this.#send('DELETE', run.location, cookie), 'a stop'));
    const answer = await this.#send('GET', run.location, cookie, '', { 'last-event-id': String(after) });
    if (answer.statusCode !== 200) await goodBody(answer, 'a run that is followed');
    else if (after > 1000) answer.destroy();
    else await run.read(answer, after, Infinity);
  }

  async #terminal({
    reader,
    mode,
    number,
    opening,
    messages,
    leaves,
  }: Extract<Action, { do: 'terminal' }>): Promise<void> {
    const { cookie, sandboxes } = this.#members[reader]!;
    const path = `/api/sandboxes/${sandboxes[mode] ?? 'none'}/terminals/${number}`;
    const headers = { cookie, origin: this.#url };
    const socket = new WebSocket(this.#url.replace('http', 'ws') + path, { headers, perMessageDeflate: false });
    this.#sockets.add(socket);
    const letters: string[] = [];
    socket.on('message', (data: Buffer) => letters.push(String.fromCharCode(data[0]!)));
    socket.on('error', () => undefined);
    socket.once('open', () => {
      for (const message of [`O${opening}`, ...messages]) socket.send(Buffer.from(message, 'latin1'));
      if (leaves) socket.close();
    });
    await new Promise<void>((settle, fail) => {
      socket.once('close', () => settle());
      socket.once('unexpected-response', (_, answer) => {
        Object.assign(answer, { method: 'GET' });
        goodBody(answer, 'a terminal').then(() => settle(), fail);
      });
    });
    const end = letters.indexOf('E');
    expect(letters[0] ?? 'B', 'a terminal begins, or is refused').toMatch(/[BE]/);
    if (end >= 0) expect(end, 'nothing after the end of a terminal').toBe(letters.length - 1);
  }

  async #odd({ reader, method, path, headers, body }: Extract<Action, { do: 'odd' }>): Promise<void> {
    const { cookie } = this.#members[reader]!;
    const answer = await this.#send(method, path, cookie, method === 'HEAD' ? '' : body, headers);
    const said = await goodBody(answer, `${method} ${path} ${JSON.stringify(headers)} ${body}`);
    const set = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    if (answer.statusCode === 201 && path.startsWith('/api/sandboxes'))
      this.#claimed.push({
        cookie: set,
        id: (JSON.parse(said) as SandboxInfo).id,
        ...('host' in headers && { host: headers['host'] }),
      });
  }

  /** Sends any bytes, reads what comes for a moment, and leaves. */
  async #raw(sent: string): Promise<void> {
    const { hostname, port } = new URL(this.#url);
    const socket = connect(Number(port), hostname);
    const pieces: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => pieces.push(bytes));
    const closed = new Promise<void>((settle) => socket.once('close', () => settle()));
    socket.write(sent);
    await within(NONSENSE_MS, closed);
    socket.destroy();
    await closed;
    const said = Buffer.concat(pieces).toString('latin1');
    const [, status = '400'] = /^HTTP\/1\.1 (\d+)/.exec(said) ?? [];
    expect([sent, Number(status) < 500 || status === '503']).toEqual([sent, true]);
    const [, cookie] = /^set-cookie: (.*?);/im.exec(said) ?? [];
    const [, id] = /"id":"(\w+)","mode"/.exec(said) ?? [];
    if (cookie !== undefined && id !== undefined) this.#claimed.push({ cookie, id });
  }

  #claimText(mode: Mode): string {
    const body = JSON.stringify({ mode });
    const { host } = new URL(this.#url);
    return `POST /api/sandboxes HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  }
}
