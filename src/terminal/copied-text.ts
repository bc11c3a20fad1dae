/** Prompts of the shell, of the SQL shell (first and further lines), and of Python. */
const PROMPTS = [
  /^(?:[\w.~/@:-]{0,64})\$ /,
  /^[\w-]+@[\w.:[\]-]+\/[\w"-]*(?: +[A-Z]+\S*)?> /,
  /^ *-> /,
  /^(?:>>>|\.\.\.) /,
  /^> /,
];

/**
 * Returns a selection in the terminal as it is copied: without prompts and trailing blanks. `isWholeLine` says that the
 * selection begins at the start of a line; otherwise its first line has no prompt. Pure.
 */
export function copiedText(selected: string, isWholeLine: boolean): string {
  return selected
    .split(/\r?\n/)
    .map((line, index) => (index > 0 || isWholeLine ? withoutPrompt(line) : line).trimEnd())
    .join('\n');
}

function withoutPrompt(line: string): string {
  for (const prompt of PROMPTS) {
    const found = prompt.exec(line);
    if (found) return line.slice(found[0].length);
  }
  return line;
}
