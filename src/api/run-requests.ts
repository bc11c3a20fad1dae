import { ODD_ANSWER } from '../sentences/server-sentences.ts';
import { USE_HEADER, writeUse, type RunUse } from '../../shared/run-use.ts';
import type { RunRequest, Step } from '../../shared/protocol.ts';
import { ask, AwayError } from './request.ts';

/** A run's address and the stream of its events. */
export interface StartedRun {
  location: string;
  body: ReadableStream<Uint8Array>;
}

/** Starts a run of these steps, for that use. Throws RefusedError or AwayError, as all requests here do. */
export async function startRun(sandbox: string, steps: Step[], use: RunUse): Promise<StartedRun> {
  const answer = await ask('POST', `/api/sandboxes/${sandbox}/runs`, {
    body: { steps } satisfies RunRequest,
    headers: { [USE_HEADER]: writeUse(use) },
  });
  const location = answer.headers.get('location');
  if (location === null || !answer.body) throw new AwayError(ODD_ANSWER);
  return { location, body: answer.body };
}

/** Returns the stream of a run's events after the event with number `after`. `signal` ends the wait and the stream. */
export async function followRun(
  location: string,
  after: number,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const answer = await ask('GET', location, { signal, headers: after > 0 ? { 'last-event-id': String(after) } : {} });
  if (!answer.body) throw new AwayError(ODD_ANSWER);
  return answer.body;
}

/** Stops a run, or the background program that it left running. */
export async function stopRun(location: string): Promise<void> {
  await ask('DELETE', location);
}

/** Ends a SQL session and rolls back its open transaction. */
export async function endSession(sandbox: string, session: string): Promise<void> {
  await ask('DELETE', `/api/sandboxes/${sandbox}/sessions/${encodeURIComponent(session)}`);
}
