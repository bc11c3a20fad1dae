import { AppError } from '../errors.ts';

/**
 * Reasons for which a file cannot be written or read that the reader can cause, by the agent's word for them: the name
 * of an errno or a word from `files.py`. All others are failures on our side.
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
 * Returns the AppError for the agent's refusal of a file: `file-refused` with a sentence for the reader, or `internal`
 * with the agent's word as the cause.
 */
export function fileRefusal(action: 'written' | 'read', path: string, word: string): AppError {
  const reason = Object.hasOwn(REASONS, word) ? REASONS[word] : undefined;
  if (reason !== undefined) return new AppError('file-refused', `${path} could not be ${action}: ${reason}.`);
  return new AppError('internal', `${path} could not be ${action}, for a reason that is ours.`, {
    cause: `the agent: ${word}`,
  });
}
