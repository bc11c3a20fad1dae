import { SHELL_SETTINGS } from '../oci/rootfs.ts';

/** Returns the program of a terminal: a command line, at whose end the terminal ends, or an interactive shell. */
export function terminalArgv(command?: string): string[] {
  if (command !== undefined) return ['/bin/bash', '-c', command];
  return ['/bin/bash', '--noprofile', '--rcfile', SHELL_SETTINGS, '-i'];
}
