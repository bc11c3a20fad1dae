import { getConnInfo } from '@hono/node-server/conninfo';
import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { AppError } from '../errors.ts';
import type { Owner } from '../sandbox/sandbox-table.ts';
import type { Embeds } from './embeds.ts';
import { isOwnOrigin } from './own-origin.ts';

const COOKIE = 'bankrun_reader';
/** The reader, and when the cookie was issued, in seconds. */
const VALUE = /^([0-9a-f]{32})\.(\d{1,12})$/;
const MAX_AGE_SECONDS = 24 * 3600;

/**
 * Tells the address of a request. Behind a proxy that is the last one that it forwards for, if we are told to trust it.
 */
export type AddressOf = (context: Context) => string;

/** Returns what tells the address of a request; with `trustProxy`, as the proxy says it. */
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
  const groups = address.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left;
  return groups.slice(0, 4).join(':');
}

/** How readers come. */
export interface OwnersOptions {
  /** Where the site is, when a proxy stands before it. */
  publicOrigin?: string | undefined;
  /** Believe the proxy's `X-Forwarded-For` and `X-Forwarded-Proto`. */
  trustProxy: boolean;
  /** The pages of other sites that may run steps here; without it there are none. */
  embeds?: Embeds;
}

/**
 * Tells readers apart by cookies that this server has issued and signed; sandboxes do not outlive it, so neither does
 * the key. Over HTTPS the cookie's name begins with `__Host-`, which no other host and no page without HTTPS can set.
 * Over plain HTTP they can: there a cookie counts only from the address that it was issued to. Readers on pages of
 * other sites are told apart by their tokens alone: a cookie counts from no page but ours.
 */
export class Owners {
  readonly #key = randomBytes(32).toString('hex');
  readonly #addressOf: AddressOf;
  readonly #options: OwnersOptions;
  /** A request is asked for its reader by each bound that it passes, and a signature takes 0.1 ms to check. */
  readonly #known = new WeakMap<Context, Promise<Owner | undefined>>();

  constructor(options: OwnersOptions) {
    this.#options = options;
    this.#addressOf = addressReader(options.trustProxy);
  }

  /**
   * Who asks; `undefined` without a cookie or token of ours that is at most a day old. Throws AppError `bad-request`
   * when there are two.
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

  /** Who asks, or at least from where. Throws as `known` does. */
  async asker(context: Context): Promise<Pick<Owner, 'address'> & Partial<Owner>> {
    return (await this.known(context)) ?? { address: this.#addressOf(context) };
  }

  /**
   * Who asks; a new reader is one of 128 random bits. The cookie's day begins anew. Throws as `known` does, and
   * AppError `unknown-token` where a page of another site has none of ours.
   */
  async of(context: Context): Promise<Owner> {
    const { name, prefix, secret, address } = this.#cookie(context);
    const known = await this.known(context);
    if (this.#foreignOrigin(context) !== undefined) {
      if (known) return known;
      throw new AppError(
        'unknown-token',
        'The token of this page is not known here, or not any more: ask for another.',
      );
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

  /** The Origin of a request that no page of ours has made. */
  #foreignOrigin(context: Context): string | undefined {
    const origin = context.req.header('origin');
    return origin === undefined || isOwnOrigin(origin, context.req.header('host'), this.#options.publicOrigin)
      ? undefined
      : origin;
  }

  #cookie(context: Context): { name: string; prefix?: 'host'; secret: string; address: string } {
    const address = this.#addressOf(context);
    if (this.#isHttps(context)) return { name: COOKIE, prefix: 'host', secret: this.#key, address };
    // Cookies do not tell ports apart: two servers of one machine must not take each other's away.
    const { port } = new URL(context.req.url);
    return {
      name: port === '' ? COOKIE : `${COOKIE}_${port}`,
      secret: createHmac('sha256', this.#key).update(address).digest('hex'),
      address,
    };
  }

  /** As the reader sees it: the server itself speaks plain HTTP. */
  #isHttps(context: Context): boolean {
    const { publicOrigin, trustProxy } = this.#options;
    return (
      publicOrigin?.startsWith('https:') === true || (trustProxy && context.req.header('x-forwarded-proto') === 'https')
    );
  }
}

/**
 * Another page of this host can set a cookie for a narrower path, which then comes first: which of two is ours, nobody
 * can tell.
 */
function refuseTwo(context: Context, name: string): void {
  const names = context.req
    .header('cookie')
    ?.split(';')
    .map((pair) => pair.split('=', 1)[0]!.trim());
  if (names && names.filter((each) => each === name).length > 1) {
    throw new AppError(
      'bad-request',
      `Your browser sent two cookies called ${name}, and this site set only one: delete the cookies of ` +
        'this site, and try again.',
    );
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
