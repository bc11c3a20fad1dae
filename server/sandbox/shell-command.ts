import { isProgramRun } from '../../languages/commands.ts';

const PLAIN_WORD = /^[\w./:=@%+,-]+$/;

/**
 * The program and arguments for a line of shell. What runs a program of a language, as `python FILE …`, goes in
 * plain words to the interpreter, which may be loaded already; everything else to bash, as printed.
 */
export function commandArgv(command: string): string[] {
  const words = command.trim().split(/[ \t]+/);
  const plain = !command.trim().includes('\n') && words.every((word) => PLAIN_WORD.test(word));
  if (plain && isProgramRun(words)) return words;
  return ['/bin/bash', '-c', command];
}
