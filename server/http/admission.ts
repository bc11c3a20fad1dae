import type { Context, MiddlewareHandler } from 'hono';
import type { LimitName } from '../errors.ts';
import { quotasOf, type Quota } from '../quota.ts';
import { RateLimit } from '../rate-limit.ts';
import type { Owner } from '../sandbox/owner.ts';
import { Counter } from './counter.ts';
import { nodeBindings } from './node-bindings.ts';
import { onResponseEnd } from './response-end.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';

/**
 * Limits for one reader, who may have many tabs: a browser opens six connections to a server, or sends a hundred
 * requests at once over one connection to a proxy.
 */
const READER = { answers: 64, followers: 24, bodies: 8, terminals: 16 };
/** Limits for one address, per sandbox that it may have: behind one address there may be a class of many readers. */
const ADDRESS = { answers: 32, followers: 16, bodies: 4, terminals: 8 };
const SANDBOX = { followers: 16, tables: 8, terminals: 8 };
/** For the whole server; a body has up to 1 MiB. */
const BODIES_OF_ALL = 256;

/** An address may do as much in a minute as the readers whose sandboxes it may have; each may have two. */
const SANDBOXES_OF_READER = 2;

/** Limits that operators choose. */
export interface AdmissionLimits {
  sandboxesPerAddress: number;
  /** How many requests and runs one reader may begin in a minute. */
  requestsPerMinute: number;
  runsPerMinute: number;
}

/** Who sent a request, as far as that is known. */
type Client = Pick<Owner, 'address'> & Partial<Owner>;
type Asker = (context: Context) => Promise<Client>;

/**
 * Limits what is in progress at once for a sandbox, a reader and an address:
 *
 * - answers, from the request until the client has received the last byte and the work for it has ended, which goes on
 *   when a client disconnects; with further limits for those that follow a run and those that read tables
 * - request bodies that are being read
 * - connections of terminals
 *
 * It also limits how many requests and runs a reader and an address may begin in a minute. All methods throw AppError
 * `too-many`.
 */
export class Admission {
  readonly #who: Asker;
  readonly #limits: AdmissionLimits;
  readonly #requests = new RateLimit('requests', 'requests-a-minute');
  readonly #runs = new RateLimit('runs', 'runs-a-minute');
  readonly #answers: ConcurrencyLimit;
  readonly #followers: ConcurrencyLimit;
  readonly #tables: ConcurrencyLimit;
  readonly #bodies: ConcurrencyLimit;
  readonly #terminals: ConcurrencyLimit;

  constructor(who: Asker, limits: AdmissionLimits, inProgress = new Counter<LimitName>()) {
    this.#who = who;
    this.#limits = limits;
    this.#answers = new ConcurrencyLimit('requests', 'requests', inProgress);
    this.#followers = new ConcurrencyLimit('connections that follow a run', 'followers', inProgress);
    this.#tables = new ConcurrencyLimit('requests for tables', 'table-reads', inProgress);
    this.#bodies = new ConcurrencyLimit('uploads', 'bodies', inProgress);
    this.#terminals = new ConcurrencyLimit('connections of terminals', 'terminals', inProgress);
  }

  /** Counts a request until its answer is complete. */
  readonly answers: MiddlewareHandler = async (context, next) => {
    const who = await this.#who(context);
    this.#requests.take(this.#aMinute(who, this.#limits.requestsPerMinute));
    await untilMadeAndOver(context, this.#answers.begin(this.#shares(who, 'answers')), next);
  };

  /** Counts a run that is about to begin. */
  async run(context: Context): Promise<void> {
    this.#runs.take(this.#aMinute(await this.#who(context), this.#limits.runsPerMinute));
  }

  /** Counts an answer that follows a run of that sandbox, until it ends. */
  async follower(context: Context, sandbox: string): Promise<void> {
    onResponseEnd(
      context,
      this.#followers.begin([
        sandboxShare(sandbox, SANDBOX.followers),
        ...this.#shares(await this.#who(context), 'followers'),
      ]),
    );
  }

  /** Counts an answer about that sandbox's tables, which `read` reads. Returns what `read` does. */
  async tables<T>(context: Context, sandbox: string, read: () => Promise<T>): Promise<T> {
    return await untilMadeAndOver(context, this.#tables.begin([sandboxShare(sandbox, SANDBOX.tables)]), read);
  }

  /** Counts a WebSocket for a terminal of that sandbox, until its connection ends. */
  async terminal(context: Context, sandbox: string): Promise<void> {
    const { incoming } = nodeBindings(context);
    const end = this.#terminals.begin([
      sandboxShare(sandbox, SANDBOX.terminals),
      ...this.#shares(await this.#who(context), 'terminals'),
    ]);
    if (!incoming || incoming.socket.destroyed) end();
    else incoming.socket.once('close', end);
  }

  /** Reads a request's body with `read`, and counts it meanwhile. Returns what `read` does. */
  async body<T>(context: Context, read: () => Promise<T>): Promise<T> {
    const end = this.#bodies.begin([
      ...this.#shares(await this.#who(context), 'bodies'),
      { of: 'all', most: BODIES_OF_ALL, words: 'all readers of this server' },
    ]);
    return await read().finally(end);
  }

  #aMinute(who: Client, perReader: number): Quota[] {
    const address = Math.ceil((perReader * this.#limits.sandboxesPerAddress) / SANDBOXES_OF_READER);
    return quotasOf(who, { reader: perReader, address });
  }

  #shares(who: Client, what: keyof typeof READER): Quota[] {
    return quotasOf(who, { reader: READER[what], address: ADDRESS[what] * this.#limits.sandboxesPerAddress });
  }
}

/** Calls `end` once `make` has settled and the answer has ended. Returns what `make` does. */
async function untilMadeAndOver<T>(context: Context, end: () => void, make: () => Promise<T>): Promise<T> {
  let left = 2;
  const one = (): void => {
    left -= 1;
    if (left === 0) end();
  };
  onResponseEnd(context, one);
  return await make().finally(one);
}

function sandboxShare(id: string, most: number): Quota {
  return { of: `sandbox ${id}`, most, words: 'your cluster' };
}
