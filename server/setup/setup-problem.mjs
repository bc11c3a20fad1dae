// @ts-check
/**
 * Something that set-up cannot do. The message is one sentence for the user, with the command to type if there is one.
 */
export class SetupProblem extends Error {}

/** Reasons why a file cannot be written, by error code. @type {Record<string, string>} */
const DISKS = {
  ENOSPC: 'the disk is full: make room, then start again',
  EDQUOT: 'your disk quota is used up: make room, then start again',
  EROFS: 'the disk is read-only: clone Bankrun to a folder that you can write to, then start again',
  EACCES: 'it belongs to another user: start as that user, or make it yours with chown',
  EPERM: 'it belongs to another user: start as that user, or make it yours with chown',
};

/**
 * Returns the sentence for an error that ended set-up. Rethrows errors that are neither a SetupProblem nor from writing
 * a file, because those are bugs.
 * @param {unknown} cause
 * @returns {string}
 */
export function sentenceFor(cause) {
  if (cause instanceof SetupProblem) return cause.message;
  const { code = '', path, syscall } = /** @type {NodeJS.ErrnoException} */ (cause instanceof Error ? cause : {});
  const why = DISKS[code];
  if (!why || !syscall) throw cause;
  return `${path ?? 'A file'} could not be written, because ${why}.`;
}
