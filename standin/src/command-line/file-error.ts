const REASONS: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EEXIST: 'file exists',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on device',
};

/** An error of the file system in the words of the `cockroach` command: `open PATH: file exists`. */
export function fileError(cause: unknown): string {
  const { code, path, message } = cause as NodeJS.ErrnoException;
  return code && REASONS[code] ? `open ${path}: ${REASONS[code]}` : message;
}
