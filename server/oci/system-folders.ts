import { lstat, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Folders of /usr in which the system's packages install programs, as the Filesystem Hierarchy Standard 3.0 lists them.
 * Not `local` and `src`, where an operator keeps what is theirs, nor anything that the standard does not know.
 */
const NAMES = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'libexec', 'include', 'share', 'games'];

/**
 * Makes in `rootfs` the links that this machine's /usr has in place of some of them (`sbin -> bin`); gives the others'
 * paths.
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
