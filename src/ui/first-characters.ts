/**
 * The first characters of a text, at most so many, and how many it has in all. Characters are code points, as people
 * count them.
 */
export function firstCharacters(text: string, most: number): { first: string; count: number } {
  let count = 0;
  let end = 0;
  for (const character of text) {
    if (count < most) end += character.length;
    count += 1;
  }
  return { first: text.slice(0, end), count };
}
