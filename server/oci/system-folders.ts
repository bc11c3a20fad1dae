import { lstat, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folders of /usr into which the system's packages install programs, from the Filesystem Hierarchy Standard 3.0.
 * Not `local` and `src`, where operators keep their own files, and nothing that is not in the standard.
 */
const NAMES = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'libexec', 'include', 'share', 'games'];

/**
 * Copies those of them that are links in this machine's /usr (`sbin -> bin`) to `rootfs`. Returns the paths of the
 * others.
 */
export async function linkOrListSystemFolders(rootfs: string): Promise<string[]> {
  const folders: string[] = [];
  for (const path of NAMES.map((name) => join('/usr', name))) {
    const found = await lstat(path).catch(() => undefined);
    if (found?.isSymbolicLink()) await symlink(await readlink(path), join(rootfs, path));
    else if (found?.isDirectory()) folders.push(path);
  }
  return folders;
}
