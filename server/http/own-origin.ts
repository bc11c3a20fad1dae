/**
 * Whether that Origin is the one that readers know, or the one that a request to that host came to. Under the name that
 * readers know, no other counts: whoever is on their way can make a page of it without HTTPS, from which some browsers
 * send the cookie along.
 */
export function isOwnOrigin(origin: string, host: string | undefined, publicOrigin: string | undefined): boolean {
  if (origin === publicOrigin) return true;
  try {
    const { host: named, origin: whole } = new URL(origin);
    return named === host && whole === origin && (publicOrigin === undefined || new URL(publicOrigin).host !== host);
  } catch {
    return false;
  }
}
