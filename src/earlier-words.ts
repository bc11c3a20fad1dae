/** What a press on Run does before it, after the word Run. */
export function earlierWords(earlier: number): string {
  if (earlier === 0) return '';
  return ` with ${earlier} earlier step${earlier === 1 ? '' : 's'}`;
}
