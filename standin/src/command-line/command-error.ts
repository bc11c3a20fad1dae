/** A command failed in a way that its user can understand: it prints `ERROR: ` and this message, and exits with 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The command was called without one of its subcommands: it prints its usage too. */
export class SubcommandError extends CommandError {
  override name = 'SubcommandError';
}
