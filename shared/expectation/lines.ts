/** Returns the lines of output for a comparison: without spaces at their ends, and without empty lines around them. */
export function linesOf(text: string): string[] {
  const all = text.split('\n').map((line) => line.trimEnd());
  while (all.length > 0 && all[0] === '') all.shift();
  while (all.length > 0 && all.at(-1) === '') all.pop();
  return all;
}
