import { SubcommandError } from './command-error.ts';
import { HelpWanted, parseFlags, UsageError, type Given } from './flags.ts';
import { helpText, usageText, type Usage } from './usage.ts';

const FAILURE_EXIT_CODE = 1;
const USAGE_EXIT_CODE = 4;

/**
 * Reads the command line, runs the command, and prints what went wrong as the `cockroach` command does. Returns the
 * exit code.
 */
export async function runCommand(
  usage: Usage,
  argv: readonly string[],
  run: (given: Given) => Promise<number>,
): Promise<number> {
  try {
    return await run(parseFlags(argv, usage.flags));
  } catch (cause) {
    if (cause instanceof HelpWanted) {
      process.stdout.write(helpText(usage));
      return 0;
    }
    process.stderr.write(`${usageFor(cause, usage)}ERROR: ${messageOf(cause)}\nFailed running "${usage.name}"\n`);
    return cause instanceof UsageError ? USAGE_EXIT_CODE : FAILURE_EXIT_CODE;
  }
}

/** The usage as it is printed before an error that is about the usage. */
function usageFor(cause: unknown, usage: Usage): string {
  if (cause instanceof UsageError) return `${usageText(usage)}\n`;
  return cause instanceof SubcommandError ? usageText(usage) : '';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
