import { ODD_ANSWER } from '../sentences/server-sentences.ts';
import type { ClaimRequest, EmbedToken, Health, Mode, RunRequest, SandboxInfo, Step } from '../../shared/protocol.ts';
import { ask, AwayError, reach, RefusedError } from '../api/request.ts';
import type { StartedRun } from '../api/run-requests.ts';

/** A cluster may have to be started, on a machine that is busy. */
const CLAIM_MS = 60_000;
const LOOK_MS = 5000;
/** For the browser to say that a policy forbade a request. */
const TOLD_MS = 500;
const UNKNOWN_TOKEN = 401;

/** Of a reader, only what they run is told: neither who they are on that server, nor which page they read. */
const ANONYMOUS = { mode: 'cors', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' } as const;

/** Why nothing answers: the page forbids it, the server does not let this site, or it is away. */
export type Absence = 'policy' | 'not-allowed' | 'away';

/**
 * A Bankrun server as pages of another site use it, by a token that it gives this site's pages for one reader: kept for
 * the tab, so that all elements share a sandbox for each mode, and a page loaded again finds it. All throw RefusedError
 * or AwayError.
 */
export class BankrunServer {
  readonly origin: string;
  readonly #store: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  #token: string | undefined;
  #hasAnswered = false;
  /** Settles when the page's policy is seen to forbid a connection. */
  readonly #forbidden = Promise.withResolvers<'policy'>();

  /** `store` keeps the token, where the browser lets us. */
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

  /** Whether a sandbox can be had, and on what it runs. */
  async health(): Promise<Health> {
    const answer = await reach(`${this.origin}/api/health`, ANONYMOUS, LOOK_MS);
    this.#hasAnswered = true;
    return (await answer.json()) as Health;
  }

  /** The reader's sandbox of that mode; made when there is none. */
  async claim(mode: Mode, imports: string[]): Promise<SandboxInfo> {
    const claim = async (): Promise<SandboxInfo> =>
      (await (
        await this.#ask('POST', '/api/sandboxes', {
          body: { mode, imports } satisfies ClaimRequest,
          deadlineMs: CLAIM_MS,
        })
      ).json()) as SandboxInfo;
    if (this.#token === undefined) await this.#askForToken();
    try {
      return await claim();
    } catch (cause) {
      if (!(cause instanceof RefusedError) || cause.status !== UNKNOWN_TOKEN) throw cause;
      // It is a day old, or of a server before this one.
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

  /** A run's events again, after the one with that number. */
  async followRun(location: string, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#ask('GET', location, { signal, headers: { 'last-event-id': String(after) } });
    if (!body) throw new AwayError(ODD_ANSWER);
    return body;
  }

  async stopRun(location: string): Promise<void> {
    await this.#ask('DELETE', location);
  }

  /**
   * Why it could not be reached. Browsers say no more of a site that is not let in than of a server that is off, but
   * anybody may have the script.
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
    // The browser says so a little later than that the request failed.
    const silent = new Promise<'away'>((settle) => setTimeout(settle, TOLD_MS, 'away'));
    return await Promise.race([this.#forbidden.promise, silent]);
  }

  async #askForToken(): Promise<void> {
    this.#token = undefined;
    const { token } = (await (await this.#ask('POST', '/api/embeds')).json()) as EmbedToken;
    this.#token = token;
    try {
      this.#store?.setItem(this.#key, token);
    } catch {
      // Full: then it is good for as long as the page is.
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

/** The storage of this tab and site, where there is one: a browser, or a frame, may refuse it. */
export function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
