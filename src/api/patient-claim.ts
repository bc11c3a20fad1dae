import type { SandboxInfo } from '../../shared/protocol.ts';
import type { Wait } from '../sentences/wait-sentences.ts';
import { orAborted } from './or-aborted.ts';
import { AwayError, RefusedError } from './request.ts';

/** The pause between attempts when the server does not say how long to wait, and the longest pause. */
const DEFAULT_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 60;
/** How often to try a server that is starting. Waiting for a free slot has no such limit. */
const UNAVAILABLE_ATTEMPTS = 6;
/** How often in a row the connection may break while the reader has a place in the queue, and the pause then. */
const BREAKS = 3;
const BREAK_SECONDS = 2;

/**
 * Claims a sandbox, and asks again while all slots are taken, too many requests are under way, or the server is
 * starting. Calls `onWait` whenever there is something new to tell: each second of a pause, and the place in the queue.
 * Throws whatever else the claim throws, or the signal's reason when it is aborted.
 */
export async function claimPatiently(
  claim: (signal: AbortSignal) => Promise<SandboxInfo>,
  onWait: (wait: Wait) => void,
  signal: AbortSignal,
  pause = sleep,
): Promise<SandboxInfo> {
  const sleepFor = async (seconds: number, wait?: Omit<Wait, 'seconds'>): Promise<void> => {
    for (let left = seconds; left > 0; left -= 1) {
      if (wait) onWait({ ...wait, seconds: left });
      await orAborted(pause(1000), signal);
    }
  };
  let breaks = 0;
  let hasPlace = false;
  for (let attempt = 1; ; attempt += 1) {
    const askedMs = performance.now();
    try {
      return await orAborted(claim(signal), signal);
    } catch (cause) {
      if (hasPlace && cause instanceof AwayError && breaks < BREAKS) {
        breaks += 1;
        await sleepFor(BREAK_SECONDS);
        continue;
      }
      if (!(cause instanceof RefusedError) || (cause.status !== 503 && !cause.isPassing)) throw cause;
      if (cause.code !== 'full' && !cause.isPassing && attempt >= UNAVAILABLE_ATTEMPTS) throw cause;
      breaks = 0;
      const { message: reason, place, waitMs, retryAfterSeconds = DEFAULT_PAUSE_SECONDS } = cause;
      const seconds = Math.min(LONGEST_PAUSE_SECONDS, Math.max(1, retryAfterSeconds));
      hasPlace = place !== undefined;
      // The server has let us wait long enough already. Browsers slow down timers in hidden tabs, and the place would
      // be lost; they do not slow down answers.
      if (hasPlace && performance.now() - askedMs >= seconds * 1000) onWait({ reason, place, waitMs, seconds: 0 });
      else await sleepFor(seconds, { reason, place, waitMs });
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((settle) => setTimeout(settle, ms));
