import type { Health, Mode, Problem, SandboxInfo, Step } from '../../server/protocol.ts';

/** A request that was answered with a refusal; `message` is the server's sentence. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds, when the server says when to come back. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, message: string, retryAfterSeconds: number | undefined) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The server was not reached. */
export class AwayError extends Error {}

/** A cluster may have to be started, on a machine that is busy. */
const CLAIM_MS = 60_000;
const ANSWER_MS = 15_000;

/** The reader's sandbox of that mode; made when there is none. */
export async function claimSandbox(mode: Mode, imports: string[], signal?: AbortSignal): Promise<SandboxInfo> {
  return (await ask('POST', '/api/sandboxes', { mode, imports }, CLAIM_MS, signal)).json() as Promise<SandboxInfo>;
}

export async function readSandbox(id: string): Promise<SandboxInfo> {
  return (await ask('GET', `/api/sandboxes/${id}`)).json() as Promise<SandboxInfo>;
}

export async function removeSandbox(id: string): Promise<void> {
  await ask('DELETE', `/api/sandboxes/${id}`);
}

/** Starts a run. Gives its address, and the stream of its events. */
export async function startRun(sandbox: string, steps: Step[], signal?: AbortSignal): Promise<{ location: string; body: ReadableStream<Uint8Array> }> {
  const answer = await ask('POST', `/api/sandboxes/${sandbox}/runs`, { steps }, undefined, signal);
  return { location: answer.headers.get('location') ?? '', body: answer.body! };
}

/** A run's events again, after the one with that number. */
export async function followRun(location: string, after: number, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  return (await ask('GET', location, undefined, undefined, signal, after > 0 ? { 'last-event-id': String(after) } : {})).body!;
}

export async function stopRun(location: string): Promise<void> {
  await ask('DELETE', location);
}

/** Whether a sandbox can be had, and on what it runs. A server that refuses says why. Throws AwayError. */
export async function readHealth(): Promise<Health> {
  const answer = await reach('/api/health', { signal: AbortSignal.timeout(ANSWER_MS) });
  const health = (await answer.json().catch(() => undefined)) as Health | undefined;
  if (health === undefined || typeof health.ready !== 'boolean') throw new AwayError('Nobody answers for the runs here.');
  return health;
}

async function ask(method: string, path: string, body?: unknown, deadlineMs: number | undefined = method === 'GET' && path.includes('/runs/') ? undefined : ANSWER_MS, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  const streams = path.endsWith('/runs') || deadlineMs === undefined;
  const signals = [...(signal ? [signal] : []), ...(streams ? [] : [AbortSignal.timeout(deadlineMs)])];
  const answer = await reach(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
  const after = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (!problem?.error) throw new AwayError('The server’s answer makes no sense.');
  throw new RefusedError(answer.status, problem.error.code, problem.error.message, Number.isFinite(after) ? after : undefined);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted && (init.signal.reason as Error | undefined)?.name === 'AbortError') throw cause;
    throw new AwayError('The server cannot be reached.', { cause });
  }
}
