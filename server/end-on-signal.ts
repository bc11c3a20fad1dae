/**
 * The signals with which a terminal, npm, a container's host or a service manager ends a program; often several of
 * them, sent to the whole process group.
 */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** How long stopping may take; what is left after that is removed by the next start's sweep. */
const STOP_MS = 30_000;

/** How to end once nobody uses the server any more. */
export interface Draining {
  /** Makes no new sandboxes, and resolves when the last one has ended. Called again with the time of a deadline. */
  drain: (endsAtMs?: number) => Promise<void>;
  /** After SIGTERM, the longest time until the end; 0: SIGTERM ends the server at once. */
  withinMs: number;
}

/**
 * Calls `stop` at the first of these signals, and then ends the process. Further signals are ignored, because they
 * would leave containers and control groups behind. The exit code is 0, or 1 when `stop` fails or takes longer than 30
 * seconds.
 *
 * With `draining`, SIGUSR2 drains first, for as long as it takes; any other signal then ends the server. SIGTERM drains
 * within a time, if there is one, and sending it again changes nothing.
 */
export function endOnSignal(stop: () => Promise<unknown>, draining?: Draining): void {
  let isStopping = false;
  const end = (): void => {
    if (isStopping) return;
    isStopping = true;
    const late = setTimeout(() => {
      console.error(`Not everything has ended after ${STOP_MS / 1000} s: the next start removes what is left.`);
      process.exit(1);
    }, STOP_MS);
    stop()
      .then(() => process.exit(0))
      .catch((cause: unknown) => {
        console.error('Stopping failed; the next start removes what is left:', cause);
        process.exit(1);
      })
      .finally(() => clearTimeout(late));
  };
  for (const signal of SIGNALS) process.on(signal, end);
  if (draining) drainOnSignal(draining, end);
  // The program that reads our output may already have ended; writing to it must not stop the clean-up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function drainOnSignal({ drain, withinMs }: Draining, end: () => void): void {
  let deadline: NodeJS.Timeout | undefined;
  process.on('SIGUSR2', () => void drain().finally(end));
  if (withinMs === 0) return;
  process.off('SIGTERM', end);
  process.on('SIGTERM', () => {
    if (deadline) return;
    deadline = setTimeout(end, withinMs);
    void drain(Date.now() + withinMs).finally(end);
  });
}
