/**
 * By which a terminal, npm, a container's host or a service manager ends a program; often several, and to the whole
 * group.
 */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** What has not been undone by then is left to the next start's sweep. */
const STOP_MS = 30_000;

/**
 * At the first of these signals does `stop`, once, and then ends the process; further signals change nothing, for one
 * of them would leave containers and control groups behind. Exit code 0, or 1 when `stop` fails or takes longer than 30
 * seconds.
 */
export function endOnSignal(stop: () => Promise<unknown>): void {
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
        console.error('The end failed; the next start removes what is left:', cause);
        process.exit(1);
      })
      .finally(() => clearTimeout(late));
  };
  for (const signal of SIGNALS) process.on(signal, end);
  // Whoever read our output may have ended first: that must not end us in the middle of cleaning up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
