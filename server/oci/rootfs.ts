import { chmod, chown, copyFile, lstat, mkdir, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import {
  AGENT_ID,
  BACKGROUND_GID,
  ENGINE_DIRECTORY,
  ENGINE_ID,
  READER_HOME,
  READER_ID,
  TERMINAL_GIDS,
} from '../sandbox-layout.ts';
import { languageMissingSentence } from '../sentences/unavailable-sentences.ts';
import type { CommonParts } from './runtime.ts';
import { linkOrListSystemFolders } from './system-folders.ts';

const AGENT_SOURCE = join(import.meta.dirname, '..', 'agent');
const COMPILE_MS = 30_000;
const ALTERNATIVES = '/etc/alternatives';

/** The start-up file of terminals' shells: the tutorials' prompts, history in memory only, colours. */
export const SHELL_SETTINGS = '/etc/terminal.bashrc';

const ETC: Record<string, string> = {
  passwd: [
    `root:x:${AGENT_ID}:${AGENT_ID}:agent:/:/usr/sbin/nologin`,
    `reader:x:${READER_ID}:${READER_ID}:reader:${READER_HOME}:/bin/bash`,
    `engine:x:${ENGINE_ID}:${ENGINE_ID}:engine:${ENGINE_DIRECTORY}:/usr/sbin/nologin`,
    'nobody:x:65534:65534:nobody:/:/usr/sbin/nologin',
  ].join('\n'),
  group: [
    `root:x:${AGENT_ID}:`,
    `reader:x:${READER_ID}:`,
    `engine:x:${ENGINE_ID}:`,
    `background:x:${BACKGROUND_GID}:`,
    ...TERMINAL_GIDS.map((gid, index) => `terminal-${index + 1}:x:${gid}:`),
    'nogroup:x:65534:',
  ].join('\n'),
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost',
  'nsswitch.conf': 'hosts: files\npasswd: files\ngroup: files\nservices: files\nprotocols: files',
  'resolv.conf': '',
  hostname: 'sandbox',
  'terminal.bashrc': [
    "PS1='$ '",
    "PS2='> '",
    'unset HISTFILE',
    'HISTCONTROL=ignoredups',
    'export LESSHISTFILE=-',
    "alias ls='ls --color=auto'",
    "alias grep='grep --color=auto'",
  ].join('\n'),
};

/** Files in the host's /etc that programs in /usr need; missing ones are left out. */
const COPIED = [
  'ld.so.cache',
  'protocols',
  'services',
  'localtime',
  'mime.types',
  'ssl/openssl.cnf',
  'terminfo/x/xterm-256color',
];

/**
 * Creates the root file system that all containers share: /etc, the agent, the commands, mount points, and links into
 * the /usr that is mounted. It is read-only in containers; only root on the host writes to it. Replaces an existing
 * one. Returns the folders of /usr to mount.
 */
export async function makeRootfs(
  rootfs: string,
  interpreter: string,
  { commands, absent }: Pick<CommonParts, 'commands' | 'absent'>,
  engineHostId: number,
): Promise<string[]> {
  await rm(rootfs, { recursive: true, force: true });
  for (const name of [
    'usr',
    'proc',
    'dev',
    'root',
    'run/engine',
    'home/reader',
    'opt/bin',
    'opt/agent',
    'etc/ssl',
    'etc/terminfo/x',
    'var/lib/lower',
  ]) {
    await mkdir(join(rootfs, name), { recursive: true, mode: 0o755 });
  }
  for (const name of ['tmp', 'var/tmp']) {
    await mkdir(join(rootfs, name), { recursive: true });
    await chmod(join(rootfs, name), 0o1777); // runc sets the mode of a tmpfs to that of its mount point
  }
  await chmod(join(rootfs, 'run/engine'), 0o700);
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    if (await exists(`/${name}`)) await symlink(`usr/${name}`, join(rootfs, name));
  }
  for (const [name, program] of Object.entries(commands)) await symlink(program, join(rootfs, 'opt/bin', name));
  for (const [name, language] of Object.entries(absent)) {
    const script = sayAndFail(languageMissingSentence(name, language));
    await writeFile(join(rootfs, 'opt/bin', name), script, { mode: 0o755 });
  }
  await fillEtc(join(rootfs, 'etc'));
  await installAgent(join(rootfs, 'opt/agent'), interpreter);
  for (const side of ['upper', 'work']) {
    const path = join(rootfs, 'var/lib/overlay', side);
    await mkdir(path, { recursive: true, mode: 0o755 });
    await chown(path, engineHostId, engineHostId); // copied into each container's memory, with its owner
  }
  return await linkOrListSystemFolders(rootfs);
}

/** Returns a shell script that prints the sentence to stderr, and ends as for a command that is not found. */
function sayAndFail(sentence: string): string {
  return `#!/bin/sh\ncat >&2 <<'END'\n${sentence}\nEND\nexit 127\n`;
}

/**
 * Creates the mount points of these mounts: a file when the source is one, otherwise a directory. Containers cannot do
 * that themselves, because their root is read-only.
 */
export async function makeMountPoints(
  rootfs: string,
  mounts: { source: string; destination: string; type: string }[],
): Promise<void> {
  for (const { source, destination, type } of mounts) {
    const point = join(rootfs, destination);
    if (await exists(point)) continue;
    const isFile = type === 'bind' && !(await lstat(source)).isDirectory();
    await mkdir(isFile ? dirname(point) : point, { recursive: true, mode: 0o755 });
    if (isFile) await writeFile(point, '');
  }
}

async function fillEtc(etc: string): Promise<void> {
  for (const [name, text] of Object.entries(ETC))
    await writeFile(join(etc, name), text === '' ? '' : `${text}\n`, { mode: 0o644 });
  for (const name of COPIED) {
    if (await exists(join('/etc', name))) await copyFile(join('/etc', name), join(etc, name));
  }
  await copyAlternatives(join(etc, 'alternatives'));
}

/**
 * Copies the links in /etc/alternatives, through which awk and other commands are found. Other files there may be the
 * operator's own, and are not copied.
 */
async function copyAlternatives(directory: string): Promise<void> {
  await mkdir(directory);
  for (const entry of await readdir(ALTERNATIVES, { withFileTypes: true }).catch(() => [])) {
    if (entry.isSymbolicLink())
      await symlink(await readlink(join(ALTERNATIVES, entry.name)), join(directory, entry.name));
  }
}

async function installAgent(directory: string, interpreter: string): Promise<void> {
  for (const name of await readdir(AGENT_SOURCE)) {
    if (/\.(?:py|bash)$/.test(name)) await copyFile(join(AGENT_SOURCE, name), join(directory, name));
  }
  // Saves each container 10 ms. The agent also works when this fails.
  await runProgram(interpreter, ['-I', '-m', 'compileall', '-q', directory], { deadlineMs: COMPILE_MS });
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
