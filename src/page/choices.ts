/** Stores a choice for the next page, unless storage is refused. */
export function rememberChoice(key: 'mode' | 'theme', value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is refused; the choice lasts until the page is left.
  }
}
