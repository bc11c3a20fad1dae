import { SHELL_SETTINGS } from '../oci/rootfs.ts';

/** The program of a terminal: an interactive shell, or one command line, with whose end the terminal ends. */
export function terminalArgv(command?: string): string[] {
  if (command !== undefined) return ['/bin/bash', '-c', command];
  return ['/bin/bash', '--noprofile', '--rcfile', SHELL_SETTINGS, '-i'];
}
