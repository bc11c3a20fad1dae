import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { AppError } from '../errors.ts';
import type { Owner } from '../sandbox/owner.ts';
import { addressReader, type AddressOf } from './client-address.ts';
import type { Embeds } from './embeds.ts';
import { isOwnOrigin } from './own-origin.ts';
import { UNKNOWN_TOKEN, twoCookiesSentence } from '../sentences/request-sentences.ts';

const COOKIE = 'bankrun_reader';
/** The reader, and when the cookie was issued (seconds since 1970). */
const VALUE = /^([0-9a-f]{32})\.(\d{1,12})$/;
const MAX_AGE_SECONDS = 24 * 3600;

/** How readers reach the site. */
export interface OwnersOptions {
  /** The site's public origin, when it is behind a proxy. */
  publicOrigin?: string | undefined;
  /** Trust the proxy's `X-Forwarded-For` and `X-Forwarded-Proto`. */
  trustProxy: boolean;
  /** The other sites that may run steps here; default: none. */
  embeds?: Embeds;
}

/**
 * Identifies readers by cookies that this server issues and signs. The key is not stored, because sandboxes do not
 * outlive the server. Over HTTPS the cookie's name begins with `__Host-`, so that no other host and no page without
 * HTTPS can set it. Over plain HTTP they could, so there a cookie is valid only from the address that it was issued to.
 * Readers on pages of other sites are identified by their tokens alone; cookies count only for this site's pages.
 */
export class Owners {
  readonly #key = randomBytes(32).toString('hex');
  readonly #addressOf: AddressOf;
  readonly #options: OwnersOptions;
  /** Several limits need the reader of the same request, and checking a signature takes 0.1 ms. */
  readonly #known = new WeakMap<Context, Promise<Owner | undefined>>();

  constructor(options: OwnersOptions) {
    this.#options = options;
    this.#addressOf = addressReader(options.trustProxy);
  }

  /**
   * Returns the request's owner; undefined without a valid cookie or token that is at most a day old. Throws AppError
   * `bad-request` when there are two cookies.
   */
  known(context: Context): Promise<Owner | undefined> {
    const known = this.#known.get(context) ?? this.#read(context);
    this.#known.set(context, known);
    return known;
  }

  async #read(context: Context): Promise<Owner | undefined> {
    const { name, prefix, secret, address } = this.#cookie(context);
    const foreign = this.#foreignOrigin(context);
    if (foreign !== undefined) {
      const reader = this.#options.embeds?.readerOf(context);
      return reader === undefined ? undefined : { reader, address, origin: foreign };
    }
    refuseTwo(context, prefix === undefined ? name : `__Host-${name}`);
    const [, reader, issuedSeconds] = VALUE.exec((await getSignedCookie(context, secret, name, prefix)) || '') ?? [];
    return reader !== undefined && nowSeconds() - Number(issuedSeconds) <= MAX_AGE_SECONDS
      ? { reader, address }
      : undefined;
  }

  /** Returns the request's owner, or at least its address. Throws the same errors as `known`. */
  async asker(context: Context): Promise<Pick<Owner, 'address'> & Partial<Owner>> {
    return (await this.known(context)) ?? { address: this.#addressOf(context) };
  }

  /**
   * Returns the request's owner, creating a reader (128 random bits) when there is none, and renews the cookie for a
   * day. Throws the same errors as `known`, and AppError `unknown-token` when a page of another site has no valid
   * token.
   */
  async of(context: Context): Promise<Owner> {
    const { name, prefix, secret, address } = this.#cookie(context);
    const known = await this.known(context);
    if (this.#foreignOrigin(context) !== undefined) {
      if (known) return known;
      throw new AppError('unknown-token', UNKNOWN_TOKEN);
    }
    const owner = known ?? { reader: randomBytes(16).toString('hex'), address };
    const more = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: MAX_AGE_SECONDS } as const;
    await setSignedCookie(
      context,
      name,
      `${owner.reader}.${nowSeconds()}`,
      secret,
      prefix === undefined ? more : { ...more, secure: true, prefix },
    );
    return owner;
  }

  /** Returns the Origin of a request from another site's page; undefined for other requests. */
  #foreignOrigin(context: Context): string | undefined {
    const origin = context.req.header('origin');
    return origin === undefined || isOwnOrigin(origin, context.req.header('host'), this.#options.publicOrigin)
      ? undefined
      : origin;
  }

  #cookie(context: Context): { name: string; prefix?: 'host'; secret: string; address: string } {
    const address = this.#addressOf(context);
    if (this.#isHttps(context)) return { name: COOKIE, prefix: 'host', secret: this.#key, address };
    // Browsers share cookies between ports, and two servers on one machine must not overwrite each other's.
    const { port } = new URL(context.req.url);
    return {
      name: port === '' ? COOKIE : `${COOKIE}_${port}`,
      secret: createHmac('sha256', this.#key).update(address).digest('hex'),
      address,
    };
  }

  /** Whether the reader uses HTTPS; the server itself is always behind plain HTTP. */
  #isHttps(context: Context): boolean {
    const { publicOrigin, trustProxy } = this.#options;
    return (
      publicOrigin?.startsWith('https:') === true || (trustProxy && context.req.header('x-forwarded-proto') === 'https')
    );
  }
}

/**
 * Throws AppError `bad-request` when the request has two cookies of that name. Another page on this host can set one
 * for a narrower path, which browsers send first, and then it is unknown which one this server has set.
 */
function refuseTwo(context: Context, name: string): void {
  const names = context.req
    .header('cookie')
    ?.split(';')
    .map((pair) => pair.split('=', 1)[0]!.trim());
  if (names && names.filter((each) => each === name).length > 1) {
    throw new AppError('bad-request', twoCookiesSentence(name));
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
