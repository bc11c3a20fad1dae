import { readParts, UsageError } from './arguments.ts';
import { PARTS } from './parts.ts';

/**
 * `npm run bench [-- PART [N]…]`: measures speed and size, and compares values of the same run, so that the ratios are
 * valid on any machine. It asserts nothing: people decide what is fast enough.
 */
async function main(): Promise<void> {
  for (const { part, count } of readParts(process.argv.slice(2), PARTS)) {
    console.log(`-- ${part.name}`);
    await part.run(count);
  }
}

await main().catch((cause: unknown) => {
  console.error(cause instanceof UsageError ? cause.message : cause);
  process.exitCode = cause instanceof UsageError ? 2 : 1;
});
