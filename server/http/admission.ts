import type { Context, MiddlewareHandler } from 'hono';
import type { Owner } from '../sandbox/sandbox-table.ts';
import { nodeBindings } from './node-bindings.ts';
import { onResponseEnd } from './response-end.ts';
import { ConcurrencyLimit, type Quota } from './concurrency-limit.ts';

/**
 * For a reader with many tabs: a browser has six connections to one server, or a hundred requests on one through a
 * proxy.
 */
const READER = { answers: 64, followers: 24, bodies: 8, terminals: 16 };
/** For each sandbox that an address may have: who has more sandboxes is a class of many readers. */
const ADDRESS = { answers: 32, followers: 16, bodies: 4, terminals: 8 };
const SANDBOX = { followers: 16, tables: 8, terminals: 8 };
/** A body is up to a mebibyte. */
const BODIES_OF_ALL = 256;

/** Tells who asks, as far as it is known. */
type Asker = (context: Context) => Promise<Pick<Owner, 'address'> & Partial<Owner>>;

/**
 * Bounds what is under way at once for a sandbox, a reader and an address: answers, from the request until the client
 * has taken the last byte, and no less than until they were made: clients that go away leave the work behind; among
 * them those that follow a run, and those that tell of tables; bodies that are being read; and connections of
 * terminals. All throw AppError `too-many`.
 */
export class Admission {
  readonly #who: Asker;
  readonly #sandboxesPerAddress: number;
  readonly #answers = new ConcurrencyLimit('requests');
  readonly #followers = new ConcurrencyLimit('connections that follow a run');
  readonly #tables = new ConcurrencyLimit('requests for tables');
  readonly #bodies = new ConcurrencyLimit('uploads');
  readonly #terminals = new ConcurrencyLimit('connections of terminals');

  constructor(who: Asker, sandboxesPerAddress: number) {
    this.#who = who;
    this.#sandboxesPerAddress = sandboxesPerAddress;
  }

  /** Lets a request in, and counts it until its answer is over. */
  readonly answers: MiddlewareHandler = async (context, next) => {
    await untilMadeAndOver(context, this.#answers.begin(await this.#shares(context, 'answers')), next);
  };

  /** An answer that follows a run of that sandbox. */
  async follower(context: Context, sandbox: string): Promise<void> {
    onResponseEnd(
      context,
      this.#followers.begin([sandboxShare(sandbox, SANDBOX.followers), ...(await this.#shares(context, 'followers'))]),
    );
  }

  /** An answer that tells of the tables of that sandbox, which `read` reads. */
  async tables<T>(context: Context, sandbox: string, read: () => Promise<T>): Promise<T> {
    return await untilMadeAndOver(context, this.#tables.begin([sandboxShare(sandbox, SANDBOX.tables)]), read);
  }

  /** A WebSocket for a terminal of that sandbox: counted until its connection ends. */
  async terminal(context: Context, sandbox: string): Promise<void> {
    const { incoming } = nodeBindings(context);
    const end = this.#terminals.begin([
      sandboxShare(sandbox, SANDBOX.terminals),
      ...(await this.#shares(context, 'terminals')),
    ]);
    if (!incoming || incoming.socket.destroyed) end();
    else incoming.socket.once('close', end);
  }

  /** Reads a request's body by `read`, and counts it until that has ended. */
  async body<T>(context: Context, read: () => Promise<T>): Promise<T> {
    const end = this.#bodies.begin([
      ...(await this.#shares(context, 'bodies')),
      { of: 'all', most: BODIES_OF_ALL, words: 'all readers of this server' },
    ]);
    return await read().finally(end);
  }

  async #shares(context: Context, what: keyof typeof READER): Promise<Quota[]> {
    const { reader, address } = await this.#who(context);
    const ofAddress = {
      of: `address ${address}`,
      most: ADDRESS[what] * this.#sandboxesPerAddress,
      words: 'your network address',
    };
    return reader === undefined
      ? [ofAddress]
      : [{ of: `reader ${reader}`, most: READER[what], words: 'you' }, ofAddress];
  }
}

/** Calls `end` when what `make` makes is there and the answer is over, in whichever order. */
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
