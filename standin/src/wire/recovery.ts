import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';

/** How long PostgreSQL may take to recover; it replays less than 4 MiB. */
const RECOVERED_MS = 20_000;
const KNOCK_MS = 20;

/**
 * Connects again while PostgreSQL recovers: when the kernel has ended one of its processes for lack of memory, it ends
 * all sessions, also those that are just beginning, and replays its journal. Throws what `connect` does when it is
 * another refusal, or takes too long.
 */
export async function untilRecovered<T>(connect: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + RECOVERED_MS;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      const isRefusal = error instanceof StatementError && error.fields.code !== SQLSTATE.cannotConnectNow;
      if (isRefusal || performance.now() > deadline) throw error;
    }
    await new Promise((wake) => setTimeout(wake, KNOCK_MS));
  }
}
