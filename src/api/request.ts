import { SERVER_AWAY } from '../sentences/cluster-sentences.ts';
import type { ClaimRequest, Health, Holdings, Mode, Problem, SandboxInfo } from '../../shared/protocol.ts';

/** A request that was answered with a refusal; `message` is the server's sentence. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds, when the server says when to come back. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /**
   * Too much is under way for this reader or their network: it says nothing of what was asked for, and the same may be
   * granted soon.
   */
  get isPassing(): boolean {
    return this.status === 429;
  }
}

/** Whether the server refused, and would again: neither is it away, nor is too much under way for now. */
export function isRefusal(cause: unknown): cause is RefusedError {
  return cause instanceof RefusedError && !cause.isPassing;
}

/** The server was not reached, or what answered is not ours. */
export class AwayError extends Error {
  constructor(message = SERVER_AWAY, options?: ErrorOptions) {
    super(message, options);
  }
}

/** A cluster may have to be started, on a machine that is busy. */
const CLAIM_MS = 60_000;
/** For what the server answers from memory. */
const HEALTH_MS = 5000;
/** For an answer to begin; a stream may then go on for as long as it likes. */
const ANSWER_MS = 20_000;

/** The reader's sandbox of that mode; made when there is none. Throws RefusedError or AwayError, as all here do. */
export async function claimSandbox(mode: Mode, imports: string[]): Promise<SandboxInfo> {
  return await readInfo(
    ask('POST', '/api/sandboxes', { body: { mode, imports } satisfies ClaimRequest, deadlineMs: CLAIM_MS }),
  );
}

/** How a sandbox is, its times by the reader's own clock. */
export async function readSandbox(id: string): Promise<SandboxInfo> {
  return await readInfo(ask('GET', `/api/sandboxes/${id}`));
}

/** Ends a sandbox, with all that is in it. */
export async function removeSandbox(id: string): Promise<void> {
  await ask('DELETE', `/api/sandboxes/${id}`);
}

/** What the databases of a sandbox hold. */
export async function readHoldings(id: string): Promise<Holdings> {
  return await readJson(ask('GET', `/api/sandboxes/${id}/tables`));
}

/** Whether a sandbox can be had, and on what it runs. A server that cannot run code says why, in the same shape. */
export async function readHealth(): Promise<Health> {
  const health = await reach('/api/health', {}, HEALTH_MS)
    .then((answer) => answer.json() as Promise<Health | undefined>)
    .catch(() => undefined);
  if (typeof health?.ready !== 'boolean') throw new AwayError();
  return health;
}

/** What goes with a request, and how it is sent; `deadlineMs` is for the answer to begin. */
export interface Question extends Omit<RequestInit, 'body' | 'headers' | 'method' | 'signal'> {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  deadlineMs?: number;
}

/** The answer of the server to a request of its API. Throws RefusedError or AwayError. */
export async function ask(
  method: string,
  path: string,
  { body, headers = {}, signal, deadlineMs = ANSWER_MS, ...how }: Question = {},
): Promise<Response> {
  const request: RequestInit = { method, headers, ...how };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { ...headers, 'content-type': 'application/json' };
  }
  const answer = await reach(path, request, deadlineMs, signal);
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
  if (!problem?.error) throw new AwayError('The server cannot be reached: something else answers in its place.');
  const after = Number.parseInt(answer.headers.get('retry-after') ?? '', 10);
  const { code, message, id } = problem.error;
  throw new RefusedError(
    answer.status,
    code,
    id === undefined ? message : `${message} (Error ${id}.)`,
    Number.isNaN(after) ? undefined : after,
  );
}

/**
 * `deadlineMs` is for the head of the answer only, so that it does not end a stream. Throws AwayError, or the signal’s
 * reason.
 */
export async function reach(
  path: string,
  request: RequestInit,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<Response> {
  const ending = new AbortController();
  const late = setTimeout(() => ending.abort(), deadlineMs);
  try {
    return await fetch(path, { ...request, signal: signal ? AbortSignal.any([signal, ending.signal]) : ending.signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new AwayError(undefined, { cause });
  } finally {
    clearTimeout(late);
  }
}

/** What the server says of a sandbox, its times by the reader's own clock, which may be another than the server's. */
async function readInfo(answer: Promise<Response>): Promise<SandboxInfo> {
  const info = await readJson<SandboxInfo>(answer);
  const aheadMs = Date.now() - Date.parse((await answer).headers.get('date') ?? '');
  return Number.isNaN(aheadMs) ? info : { ...info, expiresAtMs: info.expiresAtMs + aheadMs };
}

/** The body of an answer. Throws AwayError when it is no JSON, or what the request threw. */
export async function readJson<T>(answer: Promise<Response>): Promise<T> {
  try {
    return (await (await answer).json()) as T;
  } catch (cause) {
    if (cause instanceof RefusedError) throw cause;
    throw new AwayError(undefined, { cause });
  }
}
