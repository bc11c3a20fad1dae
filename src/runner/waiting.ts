import type { SandboxInfo } from '../../server/protocol.ts';
import { RefusedError } from './api.ts';

const AGAIN_SECONDS = 10;

/**
 * A claim that waits while all slots are taken, or the server is still starting: `onWait` hears the reason and the seconds to
 * the next attempt, once a second. Ends with whatever else the claim throws, or when `signal` says that the reader gave up.
 */
export async function claimPatiently(claim: () => Promise<SandboxInfo>, onWait: (reason: string, seconds: number) => void, signal: AbortSignal): Promise<SandboxInfo> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await claim();
    } catch (cause) {
      if (!(cause instanceof RefusedError) || cause.status !== 503 || cause.retryAfterSeconds === undefined) throw cause;
      for (let seconds = Math.min(60, Math.max(1, cause.retryAfterSeconds || AGAIN_SECONDS)); seconds > 0; seconds -= 1) {
        signal.throwIfAborted();
        onWait(cause.message, seconds);
        await new Promise((settle) => setTimeout(settle, 1000));
      }
    }
  }
}
