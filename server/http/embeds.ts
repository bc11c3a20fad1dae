import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import { isOwnOrigin } from './own-origin.ts';

/** The reader, when the token was issued, in seconds, and our signature of both for one origin. */
const TOKEN = /^Bearer ([0-9a-f]{32})\.(\d{1,12})\.([\w-]{43})$/;
const MAX_AGE_SECONDS = 24 * 3600;
/** How long a browser may remember what a preflight said: an operator who takes an origin back waits no longer. */
const PREFLIGHT_SECONDS = '600';

/**
 * Pages of other sites that the operator lets run steps here. Their readers are known by a token that this server
 * issues to an origin and signs for it, which its pages keep themselves; never by a cookie, so that no other site acts
 * on what a reader has on ours.
 */
export class Embeds {
  readonly #key = randomBytes(32);
  readonly #origins: ReadonlySet<string>;
  readonly #publicOrigin: string | undefined;

  /** `origins` as browsers send them. */
  constructor(origins: readonly string[], publicOrigin: string | undefined) {
    this.#origins = new Set(origins);
    this.#publicOrigin = publicOrigin;
  }

  /** The origin of a request by a page of another site that may run steps here; undefined for every other request. */
  originOf(context: Context): string | undefined {
    const origin = context.req.header('origin');
    return origin !== undefined &&
      this.#origins.has(origin) &&
      !isOwnOrigin(origin, context.req.header('host'), this.#publicOrigin)
      ? origin
      : undefined;
  }

  /**
   * Lets those pages read answers, and answers their preflights. Others are told nothing, so that their browsers keep
   * answers from them.
   */
  readonly answers: MiddlewareHandler = async (context, next) => {
    if (this.#origins.size > 0) context.header('Vary', 'Origin');
    const origin = this.originOf(context);
    if (origin === undefined) return await next();
    context.header('Access-Control-Allow-Origin', origin);
    if (context.req.method !== 'OPTIONS') {
      context.header('Access-Control-Expose-Headers', 'Location, Retry-After');
      return await next();
    }
    context.header('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    context.header('Access-Control-Allow-Headers', 'Authorization, Content-Type, Last-Event-ID');
    context.header('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    return context.body(null, 204);
  };

  /**
   * A token for a new reader of that request's origin, good for a day. Throws AppError `foreign-origin` for one that
   * may not have any.
   */
  issue(context: Context): string {
    const origin = this.originOf(context);
    if (origin === undefined)
      throw new AppError(
        'foreign-origin',
        'Only pages of other sites get a token, of those that the operator of this server names in EMBED_ORIGINS.',
      );
    const reader = randomBytes(16).toString('hex');
    const issued = String(nowSeconds());
    return `${reader}.${issued}.${this.#sign(origin, reader, issued).toString('base64url')}`;
  }

  /** Whose token a request carries, if that was issued to its very origin within a day. */
  readerOf(context: Context): string | undefined {
    const origin = this.originOf(context);
    const [, reader, issued, signature] = TOKEN.exec(context.req.header('authorization') ?? '') ?? [];
    if (origin === undefined || reader === undefined || issued === undefined || signature === undefined)
      return undefined;
    if (!timingSafeEqual(Buffer.from(signature, 'base64url'), this.#sign(origin, reader, issued))) return undefined;
    return nowSeconds() - Number(issued) <= MAX_AGE_SECONDS ? reader : undefined;
  }

  #sign(origin: string, reader: string, issued: string): Buffer {
    return createHmac('sha256', this.#key).update(`${origin} ${reader} ${issued}`).digest();
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
