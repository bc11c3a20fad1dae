import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import { isOwnOrigin } from './own-origin.ts';
import { ONLY_NAMED_SITES } from '../sentences/request-sentences.ts';

/**
 * The server's name at the balancer, if it has one; the reader; when the token was issued (seconds since 1970); and the
 * server's signature of the latter two for one origin. The name is not signed: it is only the way to the server.
 */
const TOKEN = /^Bearer (?:[a-z0-9-]{1,32}\.)?([0-9a-f]{32})\.(\d{1,12})\.([\w-]{43})$/;
/** In which a balancer tells each server its name there, as HAProxy's `http-send-name-header` does. */
const MACHINE = 'bankrun-machine';
const MACHINE_NAME = /^[a-z0-9-]{1,32}$/;
const MAX_AGE_SECONDS = 24 * 3600;
/** How long a browser may cache a preflight, and so how long it may take until a removed origin is refused. */
const PREFLIGHT_SECONDS = '600';

/**
 * Pages of other sites that the operator allows to run steps here. Their readers are identified by a token that this
 * server issues and signs for one origin, and that its pages keep. Cookies never count for them, so that no other site
 * can act on a reader's sandboxes on this one.
 */
export class Embeds {
  readonly #key = randomBytes(32);
  readonly #origins: ReadonlySet<string>;
  readonly #publicOrigin: string | undefined;
  readonly #trustProxy: boolean;

  /** `origins` are written as browsers send them. With `trustProxy`, tokens name the machine that has their readers. */
  constructor(
    origins: readonly string[],
    { publicOrigin, trustProxy = false }: { publicOrigin?: string | undefined; trustProxy?: boolean } = {},
  ) {
    this.#origins = new Set(origins);
    this.#publicOrigin = publicOrigin;
    this.#trustProxy = trustProxy;
  }

  /** Returns the request's origin if it is another site that may run steps here; undefined for all other requests. */
  originOf(context: Context): string | undefined {
    const origin = context.req.header('origin');
    return origin !== undefined &&
      this.#origins.has(origin) &&
      !isOwnOrigin(origin, context.req.header('host'), this.#publicOrigin)
      ? origin
      : undefined;
  }

  /**
   * Sends CORS headers to those pages and answers their preflights. Other origins get no such headers, so that browsers
   * do not let them read answers.
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
   * Returns a token for a new reader on the request's origin, valid for a day. Throws AppError `foreign-origin` when
   * that origin may not run steps here.
   */
  issue(context: Context): string {
    const origin = this.originOf(context);
    if (origin === undefined) throw new AppError('foreign-origin', ONLY_NAMED_SITES);
    const reader = randomBytes(16).toString('hex');
    const issued = String(nowSeconds());
    return `${this.#way(context)}${reader}.${issued}.${this.#sign(origin, reader, issued).toString('base64url')}`;
  }

  /** Returns the reader whose token the request carries; undefined unless it was issued to its origin within a day. */
  readerOf(context: Context): string | undefined {
    const origin = this.originOf(context);
    const [, reader, issued, signature] = TOKEN.exec(context.req.header('authorization') ?? '') ?? [];
    if (origin === undefined || reader === undefined || issued === undefined || signature === undefined)
      return undefined;
    if (!timingSafeEqual(Buffer.from(signature, 'base64url'), this.#sign(origin, reader, issued))) return undefined;
    return nowSeconds() - Number(issued) <= MAX_AGE_SECONDS ? reader : undefined;
  }

  /** Returns the beginning of a token by which a balancer finds this server. */
  #way(context: Context): string {
    const machine = this.#trustProxy ? context.req.header(MACHINE) : undefined;
    return machine !== undefined && MACHINE_NAME.test(machine) ? `${machine}.` : '';
  }

  #sign(origin: string, reader: string, issued: string): Buffer {
    return createHmac('sha256', this.#key).update(`${origin} ${reader} ${issued}`).digest();
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
