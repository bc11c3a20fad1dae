import { AppError } from '../errors.ts';

/**
 * Why a reader's own doing keeps a file from being written or read, by the agent's word for it: an error's name
 * (errno(3)) or one of `files.py`. Any other word is no doing of theirs.
 */
const REASONS: Record<string, string> = {
  ENOSPC: 'no space is left in its place',
  EDQUOT: 'no space is left in its place',
  EFBIG: 'it is too large',
  EACCES: 'the permissions there do not let it',
  EPERM: 'the permissions there do not let it',
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
  outside: 'it lies outside of the places for files',
};

/**
 * The agent's refusal of a file as ours: `file-refused` in a sentence for its reader, or `internal` with the agent's
 * words as cause.
 */
export function fileRefusal(action: 'written' | 'read', path: string, word: string): AppError {
  const reason = Object.hasOwn(REASONS, word) ? REASONS[word] : undefined;
  if (reason !== undefined) return new AppError('file-refused', `${path} could not be ${action}: ${reason}.`);
  return new AppError('internal', `${path} could not be ${action}, for a reason that is ours.`, {
    cause: `the agent: ${word}`,
  });
}
