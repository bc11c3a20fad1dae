/** Returns the first `most` characters of a text, and the number of all its characters. Characters are code points. */
export function firstCharacters(text: string, most: number): { first: string; count: number } {
  let count = 0;
  let end = 0;
  for (const character of text) {
    if (count < most) end += character.length;
    count += 1;
  }
  return { first: text.slice(0, end), count };
}
