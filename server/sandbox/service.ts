import { availableParallelism } from 'node:os';
import { AppError } from '../errors.ts';
import type { Engine } from '../cluster/engine.ts';
import type { Runtime } from '../oci/container.ts';
import type { Health, LostCause, Mode } from '../protocol.ts';
import { openPlace } from './place.ts';
import type { Sandbox } from './sandbox.ts';
import { Sandboxes, type Owner, type SandboxPolicy } from './sandboxes.ts';
import { selfTest, type SelfTest } from './self-test.ts';
import { Slots } from './slots.ts';
import { Turnstile } from './turnstile.ts';
import { WarmPool } from './warm-pool.ts';

/** What the service runs on; `open` may fail with AppError `unavailable`, which then is the reason shown to readers. */
export interface Ground {
  runtime: Runtime;
  engine: Engine;
  python: string;
}

/** Policy of the service. */
export interface ServicePolicy extends SandboxPolicy {
  maxSlots: number;
  warmPerMode: number;
}

interface Started {
  ground: Ground;
  found: SelfTest;
  slots: Slots;
  pool: WarmPool;
  sandboxes: Sandboxes;
}

/**
 * Readers' sandboxes, once the self-test has proved that they can be had; before that, and if it failed, every claim is
 * refused with the reason.
 */
export class Service {
  #started: Started | undefined;
  #reason = 'The server is starting: its first cluster is being tested.';
  #closing = false;

  /** Proves one sandbox and opens for readers. Never throws: a failure becomes the reason. Gives what was found. */
  async start(open: () => Promise<Ground>, policy: ServicePolicy): Promise<SelfTest | undefined> {
    try {
      const ground = await open();
      const place = await openPlace(ground.runtime, ground.engine, ground.python, 'insecure');
      let found: SelfTest;
      try {
        found = await selfTest(place, policy.maxSlots);
      } catch (cause) {
        await place.dispose();
        throw cause;
      }
      if (this.#closing) {
        await place.dispose();
        return undefined;
      }
      // Starting a cluster is work for a core: more at once only makes each of them later.
      const turnstile = new Turnstile(availableParallelism() + 1);
      const openOne = (mode: Mode): ReturnType<typeof openPlace> => turnstile.pass(() => openPlace(ground.runtime, ground.engine, ground.python, mode));
      const slots = new Slots(found.slots);
      const pool = new WarmPool(openOne, slots, policy.warmPerMode, () => this.#started?.sandboxes.isBusy() ?? false);
      const sandboxes = new Sandboxes(openOne, slots, pool, policy);
      const slot = slots.take();
      if (slot) pool.add({ place, slot });
      this.#started = { ground, found, slots, pool, sandboxes };
      pool.refill();
      return found;
    } catch (cause) {
      this.#reason = cause instanceof AppError ? cause.message : 'The self-test of the sandbox failed; the log says why.';
      if (!(cause instanceof AppError) || cause.cause !== undefined) console.error('runs are off:', cause);
      return undefined;
    }
  }

  /** Whether a sandbox can be had, and on what it runs. */
  health(): Health {
    if (!this.#started) return { ready: false, reason: this.#reason };
    const { ground, slots } = this.#started;
    const { name, version, standIn } = ground.engine;
    return {
      ready: true,
      engine: { name, version, standIn },
      runtime: `${ground.runtime.name} ${ground.runtime.version}`,
      slots: { total: slots.total, free: slots.free },
    };
  }

  /** See `Sandboxes.claim`. Throws AppError `unavailable` with the reason while runs are off. */
  async claim(owner: Owner, mode: Mode): ReturnType<Sandboxes['claim']> {
    if (!this.#started) throw new AppError('unavailable', this.#reason);
    return await this.#started.sandboxes.claim(owner, mode);
  }

  find(owner: Owner, id: string): Sandbox {
    if (!this.#started) throw new AppError('not-found', 'There is no such sandbox of yours.');
    return this.#started.sandboxes.find(owner, id);
  }

  async remove(sandbox: Sandbox, cause: LostCause = 'reset'): Promise<void> {
    await this.#started?.sandboxes.remove(sandbox, cause);
  }

  /** Ends all sandboxes. Idempotent. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#reason = 'The server is shutting down.';
    const started = this.#started;
    this.#started = undefined;
    await started?.sandboxes.close();
    await started?.pool.close();
    await started?.ground.runtime.close();
  }
}
