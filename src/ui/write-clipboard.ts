/**
 * Puts text on the clipboard, and tells whether the browser let us: pages served over plain HTTP from another machine
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
