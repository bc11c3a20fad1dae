/**
 * Copies a text to the clipboard. Returns whether the browser allowed it: pages over plain HTTP from another machine
 * may not.
 */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
