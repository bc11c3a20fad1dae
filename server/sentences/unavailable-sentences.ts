// Why no code can be run, or not now. What an operator can do about it is `AppError.forOperator`.

/** The self-test is under way. */
export const SERVER_STARTING = 'The server is starting: its first cluster is being tested.';
/** No sandbox is started any more. */
export const SERVER_SHUTTING_DOWN = 'The server is shutting down.';
/** For a reason that only the log has. */
export const CANNOT_RUN_CODE = 'This server cannot run code.';
/** Set-up did not find or install all of it. */
export const PREREQUISITE_MISSING = 'This server lacks something that it needs to run code.';
/** Set-up found no engine. */
export const NO_DATABASE = 'This server has no database to run.';
/** The machine lacks what container runtimes need. */
export const CANNOT_ISOLATE = 'Code cannot be isolated on this server.';

/** Some of what confines a sandbox was found not to work; `gaps` names it: `the memory limit`. */
export function notConfinedSentence(gaps: readonly string[]): string {
  return `Code cannot be confined on this machine. Not in force: ${gaps.join(', ')}.`;
}

/** Its container is there, and its database is not. */
export const CLUSTER_NOT_STARTED = 'A cluster could not be started.';
/** The runtime or the agent failed. */
export const SANDBOX_NOT_STARTED = 'A sandbox could not be started.';
/** The agent could not start the engine. */
export const DATABASE_NOT_STARTED = 'The database could not be started.';
/** It was started, and ended or was not ready in time. */
export const DATABASE_NOT_READY = 'The database did not start.';
/** `cockroach cert` ended with an error. */
export const CERTIFICATES_NOT_MADE = 'The cluster’s certificates could not be made.';
