import { isProgramRun } from '../../languages/commands.ts';

const PLAIN_WORD = /^[\w./:=@%+,-]+$/;

/**
 * Returns the program and arguments for a line of shell. A plain command that runs a program of a language, such as
 * `python FILE …`, is started without a shell, so that it can use a preloaded interpreter; all others are run by bash.
 */
export function commandArgv(command: string): string[] {
  const words = command.trim().split(/[ \t]+/);
  const plain = !command.trim().includes('\n') && words.every((word) => PLAIN_WORD.test(word));
  if (plain && isProgramRun(words)) return words;
  return shellArgv(command);
}

/** Returns bash with a line of shell. */
export function shellArgv(command: string): string[] {
  return ['/bin/bash', '-c', command];
}
