/**
 * Returns a 64-bit hash of a text in hexadecimal. It distinguishes the steps of a page, but does not withstand
 * deliberate collisions.
 */
export function hashOf(text: string): string {
  // 32-bit FNV-1a, twice, with two start values.
  return [0x811c9dc5, 0x1b873593]
    .map((begin) => {
      let hash = begin;
      for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
