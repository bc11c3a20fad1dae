import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * Returns the network address of a request's client: an IPv4 address, or the first 64 bits of an IPv6 address.
 */
export type AddressOf = (context: Context) => string;

/** Returns an AddressOf. With `trustProxy`, it reads the last address in the proxy's `X-Forwarded-For`. */
export function addressReader(trustProxy: boolean): AddressOf {
  return (context) => {
    const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
    return networkOf(forwarded ?? getConnInfo(context).remote.address ?? 'unknown');
  };
}

/** A household or company usually has a whole /64 of IPv6 addresses (RFC 6177), which counts as one address. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const [left, right] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const groups = address.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left;
  return groups.slice(0, 4).join(':');
}
