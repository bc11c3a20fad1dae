import { getConnInfo } from '@hono/node-server/conninfo';
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Owner } from '../sandbox/sandboxes.ts';

const COOKIE = 'bankrun_reader';
const READER_ID = /^[0-9a-f]{32}$/;
const MAX_AGE_SECONDS = 24 * 3600;

/** Tells the address of a request. Behind a proxy that is the last one that it forwards for, if we are told to trust it. */
export type AddressOf = (context: Context) => string;

export function addressReader(trustProxy: boolean): AddressOf {
  return (context) => {
    const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
    return networkOf(forwarded ?? getConnInfo(context).remote.address ?? 'unknown');
  };
}

/** One household or company has a whole /64 of IPv6 addresses (RFC 6177), and counts as one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const [left, right] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const groups = address.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return groups.slice(0, 4).join(':');
}

/** Who asks, by the cookie; `undefined` when there is none that we could have made. */
export function knownOwner(context: Context, addressOf: AddressOf): Owner | undefined {
  const reader = getCookie(context, COOKIE);
  return reader !== undefined && READER_ID.test(reader) ? { reader, address: addressOf(context) } : undefined;
}

/** Who asks; a new reader gets a cookie of 128 random bits. */
export function ownerOf(context: Context, addressOf: AddressOf): Owner {
  const known = knownOwner(context, addressOf);
  if (known) return known;
  const reader = randomBytes(16).toString('hex');
  setCookie(context, COOKIE, reader, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: MAX_AGE_SECONDS, secure: isHttps(context) });
  return { reader, address: addressOf(context) };
}

function isHttps(context: Context): boolean {
  return new URL(context.req.url).protocol === 'https:' || context.req.header('x-forwarded-proto') === 'https';
}
