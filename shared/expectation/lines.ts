/** Lines of output as they are compared: without space at their ends, and without the empty lines around them all. */
export function linesOf(text: string): string[] {
  const all = text.split('\n').map((line) => line.trimEnd());
  while (all.length > 0 && all[0] === '') all.shift();
  while (all.length > 0 && all.at(-1) === '') all.pop();
  return all;
}
