import type { MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import type { Embeds } from './embeds.ts';
import { isOwnOrigin } from './own-origin.ts';
import { ONLY_OWN_PAGES, ONLY_OWN_PAGES_TERMINAL } from '../sentences/request-sentences.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Accepts requests that change something only from this site's pages, from clients that are not browsers (no Origin),
 * and from the origins of `embeds`, whose pages use their own token. Throws AppError `foreign-origin`.
 */
export function checkOrigin(publicOrigin: string | undefined, embeds: Embeds): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    if (!SAFE.has(context.req.method)) {
      const isOwn =
        origin === undefined
          ? site === undefined || site === 'same-origin' || site === 'none'
          : isOwnOrigin(origin, context.req.header('host'), publicOrigin);
      if (!isOwn && embeds.originOf(context) === undefined) throw new AppError('foreign-origin', ONLY_OWN_PAGES);
    }
    await next();
  };
}

/**
 * Accepts WebSockets only from this site's pages: browsers let any page open one with the reader's cookies, but send
 * its origin. Throws AppError `foreign-origin`.
 */
export function requireOrigin(publicOrigin: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin');
    const isOwn = origin !== undefined && isOwnOrigin(origin, context.req.header('host'), publicOrigin);
    if (context.req.method === 'GET' && !isOwn) throw new AppError('foreign-origin', ONLY_OWN_PAGES_TERMINAL);
    await next();
  };
}
