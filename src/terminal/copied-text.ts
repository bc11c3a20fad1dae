/** What stands before what somebody typed: of the shell, of the SQL shell on its first and further lines, of Python. */
const PROMPTS = [
  /^(?:[\w.~/@:-]{0,64})\$ /,
  /^[\w-]+@[\w.:[\]-]+\/[\w"-]*(?: +[A-Z]+\S*)?> /,
  /^ *-> /,
  /^(?:>>>|\.\.\.) /,
  /^> /,
];

/**
 * What is copied of a selection in the terminal: lines without the prompts before them and the blanks after them.
 * `isWholeLine`: the selection begins where a line does; what begins within one has no prompt. Pure.
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
