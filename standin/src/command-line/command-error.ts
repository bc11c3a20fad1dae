/**
 * A failure that the command's user can understand: the command prints `ERROR: ` and this message, and exits with 1.
 */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The command was called without one of its subcommands: it prints its usage too. */
export class SubcommandError extends CommandError {
  override name = 'SubcommandError';
}
