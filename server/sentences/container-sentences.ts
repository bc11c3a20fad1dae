// Sentences about failures in a reader's container.

/** The container ended before its agent had started. */
export const CONTAINER_NOT_STARTED = 'The sandbox did not start.';
/** The container has ended, so the request cannot be carried out. */
export const CONTAINER_GONE = 'The sandbox is gone.';
/** The account, which can run only one program at a time, is already running one. */
export const PROGRAM_RUNNING = 'Another program is running in this sandbox.';
/** The terminal with that number is already open. */
export const TERMINAL_OPEN = 'That terminal of this sandbox is open already.';

/**
 * Reasons for which a file cannot be written or read that the reader can cause, by the agent's word for them: the name
 * of an errno or a word from `files.py`. All others are failures on our side.
 */
const FILE_REASONS: Record<string, string> = {
  ENOSPC: 'no space is left in its place',
  EDQUOT: 'no space is left in its place',
  EFBIG: 'it is too large',
  EACCES: 'its permissions do not allow that',
  EPERM: 'its permissions do not allow that',
  EROFS: 'its place is read-only',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is not a directory',
  EISDIR: 'a directory has that name',
  EEXIST: 'something else has that name',
  ELOOP: 'a part of its path is a symbolic link',
  ENXIO: 'it is not a regular file',
  ENAMETOOLONG: 'its name is too long',
  ETXTBSY: 'a program that runs is using it',
  'not-regular': 'it is not a regular file',
  outside: 'it is outside the folders for files',
  'no-name': 'no file can have that name',
};

/** Returns why a file could not be written or read; undefined when that is a failure on our side. */
export function fileRefusedSentence(action: 'written' | 'read', path: string, word: string): string | undefined {
  const reason = Object.hasOwn(FILE_REASONS, word) ? FILE_REASONS[word] : undefined;
  return reason === undefined ? undefined : `${path} could not be ${action}: ${reason}.`;
}
