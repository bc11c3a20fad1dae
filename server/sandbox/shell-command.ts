const PLAIN_WORD = /^[\w./:=@%+,-]+$/;

/**
 * The program and arguments for a line of shell. `python FILE …` in plain words goes to the pre-forked interpreter as
 * argv; everything else to bash, as printed.
 */
export function commandArgv(command: string): string[] {
  const words = command.trim().split(/[ \t]+/);
  const [program, file] = words;
  const plain = !command.trim().includes('\n') && words.every((word) => PLAIN_WORD.test(word));
  if (plain && (program === 'python' || program === 'python3') && file !== undefined && !file.startsWith('-'))
    return words;
  return ['/bin/bash', '-c', command];
}
