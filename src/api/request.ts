import { SERVER_AWAY } from '../sentences/cluster-sentences.ts';
import type { ClaimRequest, Health, Holdings, Mode, Problem, SandboxInfo } from '../../shared/protocol.ts';
import { OTHER_ANSWERS, withErrorId } from '../sentences/request-sentences.ts';

/** The server refused a request; `message` is the server's sentence. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;
  /** The seconds after which to try again, when the server says so. */
  readonly retryAfterSeconds: number | undefined;
  /** The reader's place in the queue, and an estimate of the wait; see `Problem`. */
  readonly place: number | undefined;
  readonly waitMs: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    retryAfterSeconds?: number,
    { place, waitMs }: Pick<Problem['error'], 'place' | 'waitMs'> = {},
  ) {
    super(message);
    this.place = place;
    this.waitMs = waitMs;
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /**
   * Whether the refusal is temporary: too many requests are under way for this reader or network address, and the same
   * request may be granted soon.
   */
  get isPassing(): boolean {
    return this.status === 429;
  }
}

/**
 * Returns whether the server refused a request and would refuse it again: not when it cannot be reached, and not when
 * the refusal is temporary.
 */
export function isRefusal(cause: unknown): cause is RefusedError {
  return cause instanceof RefusedError && !cause.isPassing;
}

/** The server could not be reached, or something else answered in its place. */
export class AwayError extends Error {
  constructor(message = SERVER_AWAY, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Deadline for a claim: a busy machine may have to start a cluster first. */
const CLAIM_MS = 60_000;
/** Deadline for answers that the server has in memory. */
const HEALTH_MS = 5000;
/** Deadline for the head of an answer. A stream may then go on for as long as it likes. */
const ANSWER_MS = 20_000;

/**
 * Returns the reader's sandbox of a mode and makes it when there is none. With a signal, the reader gets a place in the
 * queue when there is no room. Like all requests here, throws RefusedError or AwayError; or the signal's reason.
 */
export async function claimSandbox(mode: Mode, imports: string[], patient?: AbortSignal): Promise<SandboxInfo> {
  const body: ClaimRequest = { mode, imports, waits: patient !== undefined };
  return await readInfo(
    ask('POST', '/api/sandboxes', { body, deadlineMs: CLAIM_MS, ...(patient && { signal: patient }) }),
  );
}

/** Returns the state of a sandbox, with times by the reader's clock. */
export async function readSandbox(id: string): Promise<SandboxInfo> {
  return await readInfo(ask('GET', `/api/sandboxes/${id}`));
}

/** Removes a sandbox and everything in it. */
export async function removeSandbox(id: string): Promise<void> {
  await ask('DELETE', `/api/sandboxes/${id}`);
}

/** Returns what the databases of a sandbox hold. */
export async function readHoldings(id: string): Promise<Holdings> {
  return await readJson(ask('GET', `/api/sandboxes/${id}/tables`));
}

/**
 * Returns whether the server can make sandboxes, and with which engine. A server that cannot run code answers in the
 * same shape, with the reason. Throws AwayError.
 */
export async function readHealth(): Promise<Health> {
  const health = await reach('/api/health', {}, HEALTH_MS)
    .then((answer) => answer.json() as Promise<Health | undefined>)
    .catch(() => undefined);
  if (typeof health?.ready !== 'boolean') throw new AwayError();
  return health;
}

/** Options of a request. `deadlineMs` applies until the head of the answer. */
export interface Question extends Omit<RequestInit, 'body' | 'headers' | 'method' | 'signal'> {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  deadlineMs?: number;
}

/** Sends a request to the API and returns the answer. Throws RefusedError or AwayError. */
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
  if (!problem?.error) throw new AwayError(OTHER_ANSWERS);
  const after = Number.parseInt(answer.headers.get('retry-after') ?? '', 10);
  const { code, message, id } = problem.error;
  const seconds = Number.isNaN(after) ? undefined : after;
  throw new RefusedError(answer.status, code, withErrorId(message, id), seconds, problem.error);
}

/**
 * Fetches a path. `deadlineMs` applies to the head of the answer only, so that it does not end a stream. Throws
 * AwayError, or the signal's reason.
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

/** Reads a sandbox's state and converts its times to the reader's clock, which may differ from the server's. */
async function readInfo(answer: Promise<Response>): Promise<SandboxInfo> {
  const info = await readJson<SandboxInfo>(answer);
  const aheadMs = Date.now() - Date.parse((await answer).headers.get('date') ?? '');
  return Number.isNaN(aheadMs) ? info : { ...info, expiresAtMs: info.expiresAtMs + aheadMs };
}

/** Returns the JSON body of an answer. Throws AwayError when it is not JSON, or what the request threw. */
export async function readJson<T>(answer: Promise<Response>): Promise<T> {
  try {
    return (await (await answer).json()) as T;
  } catch (cause) {
    if (cause instanceof RefusedError) throw cause;
    throw new AwayError(undefined, { cause });
  }
}
