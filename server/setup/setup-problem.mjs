// @ts-check
/**
 * Something that set-up cannot do. The message is one sentence for the person at the keyboard, with the command to type
 * where there is one.
 */
export class SetupProblem extends Error {}

/** What a disk says to whoever writes, by its code. @type {Record<string, string>} */
const DISKS = {
  ENOSPC: 'the disk is full: make room, then start again',
  EDQUOT: 'your share of the disk is used up: make room, then start again',
  EROFS: 'the disk is read-only: clone Bankrun to where you may write, then start again',
  EACCES: "it is another user's: start as the user it belongs to, or give it to you with chown",
  EPERM: "it is another user's: start as the user it belongs to, or give it to you with chown",
};

/**
 * The sentence for what ended set-up. What is no SetupProblem, nor a disk's refusal, is our fault, and thrown on.
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
