import type { MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import { OTHER_HOST } from '../sentences/request-sentences.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a server that listens on that address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || host === '::1' || host.startsWith('127.');
}

/**
 * Refuses requests whose Host is not this server's. Without this check, any site could point its name at 127.0.0.1 and
 * its pages would pass as same-origin (DNS rebinding). A server that listens on a public address without a known public
 * origin accepts every name.
 */
export function checkHost(publicOrigin: string | undefined, isLocal: boolean): MiddlewareHandler {
  const known = publicOrigin === undefined ? undefined : new URL(publicOrigin).hostname;
  return async (context, next) => {
    const name = (context.req.header('host') ?? 'localhost').replace(/:\d+$/, '').toLowerCase();
    if ((known !== undefined || isLocal) && name !== known && !LOOPBACK.has(name)) {
      throw new AppError('foreign-origin', OTHER_HOST);
    }
    await next();
  };
}
