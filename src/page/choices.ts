/** Remembers a choice for the next page; readers who refuse storage just choose again. */
export function rememberChoice(key: 'mode' | 'theme', value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Refused: nothing to do, the choice holds for this page.
  }
}
