import type { MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a server that listens on that address hears this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || host === '::1' || host.startsWith('127.');
}

/**
 * Lets only requests in that were meant for this host. Without it, a page of any name that its owner points at
 * 127.0.0.1 (DNS rebinding) would count as ours. Where we listen to the world and were told no public origin, every
 * name may be ours.
 */
export function checkHost(publicOrigin: string | undefined, isLocal: boolean): MiddlewareHandler {
  const known = publicOrigin === undefined ? undefined : new URL(publicOrigin).hostname;
  return async (context, next) => {
    const name = (context.req.header('host') ?? 'localhost').replace(/:\d+$/, '').toLowerCase();
    if ((known !== undefined || isLocal) && name !== known && !LOOPBACK.has(name)) {
      throw new AppError(
        'foreign-origin',
        'This server does not answer under that name. Its operator can set PUBLIC_ORIGIN.',
      );
    }
    await next();
  };
}
