import { exitCodeAfter } from '../refusal.ts';
import { verifyCommand } from './verify-command.ts';

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort(signal));

const output = { print: console.log, signal: ended.signal };
process.exitCode = await verifyCommand(process.argv.slice(2), output).catch(exitCodeAfter);
// Explicitly, because steps that were under way when it was interrupted would keep the process alive.
process.exit();
