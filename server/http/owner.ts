import { getConnInfo } from '@hono/node-server/conninfo';
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Owner } from '../sandbox/sandboxes.ts';

const COOKIE = 'bankrun_reader';
const READER_ID = /^[0-9a-f]{32}$/;
const MAX_AGE_SECONDS = 24 * 3600;

/** Who asks, by the cookie; `undefined` when there is none that we could have made. */
export function knownOwner(context: Context): Owner | undefined {
  const reader = getCookie(context, COOKIE);
  return reader !== undefined && READER_ID.test(reader) ? { reader, address: address(context) } : undefined;
}

/** Who asks; a new reader gets a cookie of 128 random bits. */
export function ownerOf(context: Context): Owner {
  const known = knownOwner(context);
  if (known) return known;
  const reader = randomBytes(16).toString('hex');
  setCookie(context, COOKIE, reader, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: MAX_AGE_SECONDS, secure: isHttps(context) });
  return { reader, address: address(context) };
}

function isHttps(context: Context): boolean {
  return new URL(context.req.url).protocol === 'https:' || context.req.header('x-forwarded-proto') === 'https';
}

function address(context: Context): string {
  return getConnInfo(context).remote.address ?? 'unknown';
}
