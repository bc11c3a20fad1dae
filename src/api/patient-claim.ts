import type { SandboxInfo } from '../../shared/protocol.ts';
import { RefusedError } from './request.ts';

const AGAIN_SECONDS = 10;
const LONGEST_SECONDS = 60;
/** Claims of a server that is starting; one that is still off then stays off. Waiting for a slot has no such end. */
const UNAVAILABLE_ATTEMPTS = 6;

/**
 * A claim that waits while all slots are taken, too much is under way, or the server is starting: `onWait` hears the
 * reason and the seconds to the next attempt, once a second. Ends with whatever else the claim throws, or with the
 * signal's reason when the reader gives up.
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
        let seconds = Math.min(LONGEST_SECONDS, Math.max(1, cause.retryAfterSeconds ?? AGAIN_SECONDS));
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

/** What `work` gives, or the signal's reason as soon as it is aborted. */
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
