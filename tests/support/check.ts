import { runCommand } from '../../server/setup/run-command.mjs';
import { endBy, heedSignals, Interruption } from '../../server/setup/interruption.mjs';

const CHECK_MS = 10 * 60_000;
/** Enough to include a check's first complaint. */
const KEPT_CHARACTERS = 1_000_000;

/** A check of the whole project that is not a test. */
export interface Check {
  name: string;
  /** A program with its arguments. */
  command: [string, ...string[]];
}

/** The outcome of a check; its output is for the person who has to fix it. */
export interface CheckOutcome {
  name: string;
  ok: boolean;
  output: string;
  ms: number;
}

/** The running checks. When this program is told to end, it waits for all of them. */
const underWay = new Set<Promise<unknown>>();

/** Runs a check to its end, or ends it after ten minutes, or when this program is told to end. Never throws. */
export async function runCheck(
  root: string,
  { name, command: [program, ...args] }: Check,
  timeoutMs = CHECK_MS,
): Promise<CheckOutcome> {
  const begin = Date.now();
  const forgetSignals = heedSignals();
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const running = runCommand(program, args, { cwd: root, env, timeoutMs, keptCharacters: KEPT_CHARACTERS });
  underWay.add(running);
  try {
    const { ok, output, why } = await running;
    return { name, ok, output: `${output}\n${why}`.trim(), ms: Date.now() - begin };
  } catch (cause) {
    await Promise.allSettled(underWay);
    if (cause instanceof Interruption) endBy(cause.signal);
    return { name, ok: false, output: String(cause), ms: Date.now() - begin };
  } finally {
    underWay.delete(running);
    forgetSignals();
  }
}
