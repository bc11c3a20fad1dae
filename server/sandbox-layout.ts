/**
 * What every sandbox looks like from the inside, as far as several parts of the server must agree on it: accounts,
 * folders and ports. The agent's Python has the accounts too (`server/agent/accounts.py`);
 * `tests/server/agent/accounts.test.ts` compares them.
 */

/** How many terminals a sandbox has at most; each has a group of its own, so that ending one spares the other. */
export const MOST_TERMINALS = 2;

/** The uid, and gid, of the agent: the root of its user namespace. */
export const AGENT_ID = 0;
/** The uid, and gid, of readers' programs. */
export const READER_ID = 1000;
/** The uid, and gid, of the database engine. */
export const ENGINE_ID = 1001;
/** The gid of background programs, whose uid is the reader's. */
export const BACKGROUND_GID = 1002;
/** The gids of programs in terminals, whose uid is the reader's: the first terminal's first. */
export const TERMINAL_GIDS: readonly number[] = Array.from(
  { length: MOST_TERMINALS },
  (_, index) => BACKGROUND_GID + 1 + index,
);

/** Where readers' programs start and their files lie. */
export const READER_HOME = '/home/reader';
/** The engine's own folder, which readers cannot enter: certificates, temporary files, sockets. */
export const ENGINE_DIRECTORY = '/run/engine';

/** Where the engine listens for SQL, as the tutorials have it. */
export const SQL_PORT = 26_257;
/** Where the engine serves its console. */
export const HTTP_PORT = 8080;
