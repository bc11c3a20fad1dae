/**
 * The layout of every sandbox, as far as several parts of the server must agree on it: accounts, folders and ports. The
 * agent has the same accounts in Python (`server/agent/accounts.py`);
 * `tests/server/agent/accounts.test.ts` compares them.
 */

/** The most terminals that a sandbox can have. Each has its own gid, so that one can be killed without the other. */
export const MAX_TERMINALS = 2;

/** The uid and gid of the agent: root in its user namespace. */
export const AGENT_ID = 0;
/** The uid and gid of readers' programs. */
export const READER_ID = 1000;
/** The uid and gid of the database engine. */
export const ENGINE_ID = 1001;
/** The gid of background programs; their uid is the reader's. */
export const BACKGROUND_GID = 1002;
/** The gids of programs in terminals, in the order of the terminals; their uid is the reader's. */
export const TERMINAL_GIDS: readonly number[] = Array.from(
  { length: MAX_TERMINALS },
  (_, index) => BACKGROUND_GID + 1 + index,
);

/** The working directory of readers' programs, where their files are. */
export const READER_HOME = '/home/reader';
/** The engine's folder, which readers cannot enter: certificates, temporary files, sockets. */
export const ENGINE_DIRECTORY = '/run/engine';

/** The port on which the engine listens for SQL; the tutorials name it. */
export const SQL_PORT = 26_257;
/** The port on which the engine serves its web console. */
export const HTTP_PORT = 8080;
