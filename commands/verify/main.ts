import { UsageError } from '../client/command-line.ts';
import { verifyCommand } from './verify-command.ts';

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort(signal));

process.exitCode = await verifyCommand(process.argv.slice(2), { print: console.log, signal: ended.signal }).catch(
  (cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : cause);
    return cause instanceof UsageError ? 2 : 1;
  },
);
// Explicitly, because steps that were under way when it was interrupted would keep the process alive.
process.exit();
