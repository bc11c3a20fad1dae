/** Asks before a reset. */
export const RESET_QUESTION = 'Remove your cluster, with all its data?';

/** Which engine the cluster runs on, when that is CockroachDB. */
export const engineSentence = (name: string): string => `It is ${name}, a single node that only you use.`;

/** The same of the stand-in, which answers as that version. */
export const standInSentence = (version: string): string =>
  'It is not CockroachDB: this server has none, and runs your code on a stand-in, ' +
  `PostgreSQL that answers as CockroachDB ${version} does.`;
