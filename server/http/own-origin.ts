/**
 * Whether an Origin header names this site: its public origin, or an origin with the host that the request was sent to.
 * The public host under another scheme does not count: an attacker on the network can serve a page under it over plain
 * HTTP, and some browsers send the cookie along from there.
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
