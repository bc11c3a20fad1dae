// Sentences on why code cannot be run. What the operator can do about it is in `AppError.forOperator`.

/** The self-test is still running. */
export const SERVER_STARTING = 'The server is starting: its first cluster is being tested.';
/** The server is shutting down and starts no more sandboxes. */
export const SERVER_SHUTTING_DOWN = 'The server is shutting down.';
/** The server drains: another one will take its place, or has. */
export const SERVER_DRAINS = 'This server will soon be replaced, and starts no more clusters.';
/** The same for a reader who has a cluster in the other mode here. */
export const SERVER_DRAINS_AND_HAS_YOURS = `${SERVER_DRAINS} Reset the one that you have, and try again.`;
/** Code cannot be run for a reason that is only in the log. */
export const CANNOT_RUN_CODE = 'This server cannot run code.';
/** Set-up could not find or install everything that is needed. */
export const PREREQUISITE_MISSING = 'This server lacks something that it needs to run code.';
/** Set-up found no engine. */
export const NO_DATABASE = 'This server has no database to run.';
/** The machine lacks something that container runtimes need. */
export const CANNOT_ISOLATE = 'Code cannot be isolated on this server.';

/** Returns the sentence for restrictions of sandboxes that are not in force; `gaps` names them: `the memory limit`. */
export function notConfinedSentence(gaps: readonly string[]): string {
  return `Code cannot be confined on this machine. Not in force: ${gaps.join(', ')}.`;
}

/** Returns what a command prints whose language this server lacks; `language` is its name for readers. */
export function languageMissingSentence(command: string, language: string): string {
  return (
    `${command}: this server has no ${language} for readers. ` +
    'You can copy the code, and run it on your own machine.'
  );
}

/** The container was started, but not its cluster. */
export const CLUSTER_NOT_STARTED = 'A cluster could not be started.';
/** The runtime or the agent failed. */
export const SANDBOX_NOT_STARTED = 'A sandbox could not be started.';
/** The agent could not start the engine. */
export const DATABASE_NOT_STARTED = 'The database could not be started.';
/** The engine was started, but ended or was not ready in time. */
export const DATABASE_NOT_READY = 'The database did not start.';
/** `cockroach cert` ended with an error. */
export const CERTIFICATES_NOT_MADE = 'The cluster’s certificates could not be made.';
