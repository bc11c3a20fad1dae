import type { SandboxInfo } from '../../shared/protocol.ts';
import { RefusedError } from './request.ts';

/** The pause between attempts when the server does not say how long to wait, and the longest pause. */
const DEFAULT_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 60;
/** How often to try a server that is starting. Waiting for a free slot has no such limit. */
const UNAVAILABLE_ATTEMPTS = 6;

/**
 * Claims a sandbox, and tries again while all slots are taken, too many requests are under way, or the server is
 * starting. Calls `onWait` once a second with the reason and the seconds until the next attempt. Throws whatever else
 * the claim throws, or the signal's reason when it is aborted.
 */
export async function claimPatiently(
  claim: () => Promise<SandboxInfo>,
  onWait: (reason: string, seconds: number) => void,
  signal: AbortSignal,
  pause = sleep,
): Promise<SandboxInfo> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await orAborted(claim(), signal);
    } catch (cause) {
      if (!(cause instanceof RefusedError) || (cause.status !== 503 && !cause.isPassing)) throw cause;
      if (cause.code !== 'full' && !cause.isPassing && attempt >= UNAVAILABLE_ATTEMPTS) throw cause;
      for (
        let seconds = Math.min(LONGEST_PAUSE_SECONDS, Math.max(1, cause.retryAfterSeconds ?? DEFAULT_PAUSE_SECONDS));
        seconds > 0;
        seconds -= 1
      ) {
        onWait(cause.message, seconds);
        await orAborted(pause(1000), signal);
      }
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((settle) => setTimeout(settle, ms));

/** Returns the result of `work`, or throws the signal's reason as soon as it is aborted. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, fail) => {
    abort = () => fail(signal.reason as Error);
  });
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
