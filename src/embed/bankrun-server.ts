import { ODD_ANSWER } from '../sentences/server-sentences.ts';
import type { ClaimRequest, EmbedToken, Health, Mode, RunRequest, SandboxInfo, Step } from '../../shared/protocol.ts';
import { ask, AwayError, reach, RefusedError } from '../api/request.ts';
import type { StartedRun } from '../api/run-requests.ts';

/** Deadline for a claim: a busy machine may have to start a cluster first. */
const CLAIM_MS = 60_000;
const LOOK_MS = 5000;
/** How long the browser may take to report that a policy blocked a request. */
const VIOLATION_MS = 500;
const UNKNOWN_TOKEN = 401;

/** Requests reveal only what the reader runs: neither who they are on that server, nor which page they read. */
const ANONYMOUS = { mode: 'cors', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' } as const;

/** Why there is no answer: the page's policy forbids it, the server does not allow this site, or the server is away. */
export type Absence = 'policy' | 'not-allowed' | 'away';

/**
 * A Bankrun server, as pages of another site use it. The server issues a token to this site's pages for one reader. The
 * token is kept for the tab, so that all elements share one sandbox for each mode, also after a reload. All requests
 * throw RefusedError or AwayError.
 */
export class BankrunServer {
  readonly origin: string;
  readonly #store: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  #token: string | undefined;
  #hasAnswered = false;
  /** Resolves when the page's policy blocks a connection. */
  readonly #forbidden = Promise.withResolvers<'policy'>();

  /** `store` keeps the token, if the browser allows it. */
  constructor(origin: string, store: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    this.origin = origin;
    this.#store = store;
    this.#token = store?.getItem(this.#key) ?? undefined;
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
      if (blockedURI.startsWith(origin)) this.#forbidden.resolve('policy');
    });
  }

  get #key(): string {
    return `run-step ${this.origin}`;
  }

  get host(): string {
    return new URL(this.origin).host;
  }

  /** Returns whether the server can make sandboxes, and with which engine. */
  async health(): Promise<Health> {
    const answer = await reach(`${this.origin}/api/health`, ANONYMOUS, LOOK_MS);
    this.#hasAnswered = true;
    return (await answer.json()) as Health;
  }

  /** Returns the reader's sandbox of a mode and makes it when there is none. `signal` gives up waiting for it. */
  async claim(mode: Mode, imports: string[], signal: AbortSignal): Promise<SandboxInfo> {
    const claim = async (): Promise<SandboxInfo> =>
      (await (
        await this.#ask('POST', '/api/sandboxes', {
          body: { mode, imports } satisfies ClaimRequest,
          deadlineMs: CLAIM_MS,
          signal,
        })
      ).json()) as SandboxInfo;
    if (this.#token === undefined) await this.#askForToken();
    try {
      return await claim();
    } catch (cause) {
      if (!(cause instanceof RefusedError) || cause.status !== UNKNOWN_TOKEN) throw cause;
      // The token has expired after a day, or the server was restarted.
      await this.#askForToken();
      return await claim();
    }
  }

  async remove(sandbox: string): Promise<void> {
    await this.#ask('DELETE', `/api/sandboxes/${sandbox}`);
  }

  async startRun(sandbox: string, steps: Step[]): Promise<StartedRun> {
    const { headers, body } = await this.#ask('POST', `/api/sandboxes/${sandbox}/runs`, {
      body: { steps } satisfies RunRequest,
    });
    const location = headers.get('location');
    if (!location?.startsWith('/api/') || !body) throw new AwayError(ODD_ANSWER);
    return { location, body };
  }

  /** Returns the stream of a run's events after the event with number `after`. */
  async followRun(location: string, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#ask('GET', location, { signal, headers: { 'last-event-id': String(after) } });
    if (!body) throw new AwayError(ODD_ANSWER);
    return body;
  }

  async stopRun(location: string): Promise<void> {
    await this.#ask('DELETE', location);
  }

  /**
   * Returns why the server could not be reached. Browsers do not distinguish between a site that is not allowed and a
   * server that is away, but every site can load the script.
   */
  async absence(): Promise<Absence> {
    if (this.#hasAnswered) return 'away';
    const isThere = await reach(
      `${this.origin}/run-step.js`,
      { ...ANONYMOUS, mode: 'no-cors', redirect: 'follow', cache: 'no-store' },
      LOOK_MS,
    ).then(
      () => true,
      () => false,
    );
    if (isThere) return 'not-allowed';
    // The browser reports the violation a little later than the failed request.
    const silent = new Promise<'away'>((settle) => setTimeout(settle, VIOLATION_MS, 'away'));
    return await Promise.race([this.#forbidden.promise, silent]);
  }

  async #askForToken(): Promise<void> {
    this.#token = undefined;
    const { token } = (await (await this.#ask('POST', '/api/embeds')).json()) as EmbedToken;
    this.#token = token;
    try {
      this.#store?.setItem(this.#key, token);
    } catch {
      // Storage is full; the token lasts until the page is left.
    }
  }

  async #ask(method: string, path: string, question: Parameters<typeof ask>[2] = {}): Promise<Response> {
    const authorization: Record<string, string> =
      this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    try {
      const answer = await ask(method, this.origin + path, {
        ...ANONYMOUS,
        ...question,
        headers: { ...question.headers, ...authorization },
      });
      this.#hasAnswered = true;
      return answer;
    } catch (cause) {
      this.#hasAnswered ||= cause instanceof RefusedError;
      throw cause;
    }
  }
}

/** Returns the storage of this tab and site; undefined when the browser or the frame refuses it. */
export function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
