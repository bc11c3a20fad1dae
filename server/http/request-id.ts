import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Report } from '../report.ts';
import type { AddressOf } from './client-address.ts';
import { isUpgrade } from './upgrades.ts';

const HEADER = 'X-Request-Id';
/** Balancers ask for it every second, which is not reported. */
const HEALTH = '/api/health';
const VARIABLE = 'requestId';

/** Options of `identifyRequests`. */
interface RequestIdOptions {
  /** Whether a proxy's `X-Request-Id` is kept, so that its log and ours have the same id. */
  trustProxy: boolean;
  /** Returns the address that is reported; absent when none is. */
  addressOf: AddressOf | undefined;
  report: Report;
}

/** Assigns each request an id, which is sent in `X-Request-Id` and reported with the answer. */
export function identifyRequests({ trustProxy, addressOf, report }: RequestIdOptions): MiddlewareHandler {
  return async (context, next) => {
    const beginMs = performance.now();
    const request = (trustProxy ? proxysId(context) : undefined) ?? randomBytes(8).toString('hex');
    context.set(VARIABLE, request);
    await next();
    context.header(HEADER, request);
    // Hono's answer to an upgrade is a mere sign for the server, which then answers itself.
    const status = isUpgrade(context) && context.res.ok ? 101 : context.res.status;
    const route = routePath(context);
    if (route === HEALTH && status !== 500) return;
    report({
      type: 'answered',
      request,
      method: context.req.method,
      route,
      status,
      tookMs: performance.now() - beginMs,
      ...(addressOf ? { address: addressOf(context) } : {}),
    });
  };
}

/** Returns the id of a request, or undefined outside the API. */
export function requestIdOf(context: Context): string | undefined {
  const id: unknown = context.get(VARIABLE);
  return typeof id === 'string' ? id : undefined;
}

/** Returns the id that the proxy has given a request; a client's own comes before it. */
function proxysId(context: Context): string | undefined {
  const id = context.req.header(HEADER)?.split(',').at(-1)?.trim();
  return id !== undefined && /^[\w.:-]{1,128}$/.test(id) ? id : undefined;
}
