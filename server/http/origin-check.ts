import type { MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import type { Embeds } from './embeds.ts';
import { isOwnOrigin } from './own-origin.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets requests that change something in only from our own pages: the Origin must be ours, or absent (no browser); or
 * one of `embeds`, whose pages act with a token of their own.
 */
export function checkOrigin(publicOrigin: string | undefined, embeds: Embeds): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    if (!SAFE.has(context.req.method)) {
      const ours =
        origin === undefined
          ? site === undefined || site === 'same-origin' || site === 'none'
          : isOwnOrigin(origin, context.req.header('host'), publicOrigin);
      if (!ours && embeds.originOf(context) === undefined)
        throw new AppError('foreign-origin', 'Only pages of this site may do that.');
    }
    await next();
  };
}

/**
 * Lets only our own pages ask for a WebSocket: browsers let any page open one, with the reader's cookies, and name its
 * origin.
 */
export function requireOrigin(publicOrigin: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin');
    const ours = origin !== undefined && isOwnOrigin(origin, context.req.header('host'), publicOrigin);
    if (context.req.method === 'GET' && !ours)
      throw new AppError('foreign-origin', 'Only pages of this site may open a terminal.');
    await next();
  };
}
