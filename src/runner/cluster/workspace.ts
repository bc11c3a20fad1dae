import type { Holdings, Mode, SandboxInfo } from '../../../shared/protocol.ts';
import {
  AwayError,
  claimSandbox,
  isRefusal,
  readHoldings,
  readSandbox,
  RefusedError,
  removeSandbox,
} from '../../api/request.ts';
import type { Block } from '../step/block.ts';
import { ModeMemory } from './mode-memory.ts';
import type { Kept } from './remembered.ts';
import { planSteps, type Plan } from '../step/plan.ts';
import { CLUSTER_MISSING } from '../../sentences/cluster-sentences.ts';
import { stepsIn } from '../../../shared/step.ts';
import type { OnWait, SharedClaim } from './shared-claim.ts';

const NOTHING: Holdings = { tables: [], unlisted: { tables: 0, databases: 0 } };

/** What the page knows about a reader's sandbox in one mode, and about what was done in it. */
export class Workspace {
  readonly mode: Mode;
  readonly blocks: Block[];
  /** What all tabs remember of it. Change it only through its own methods. */
  readonly memory: ModeMemory;
  info: SandboxInfo | undefined;
  /** What the databases held when they were last read. */
  holdings = NOTHING;
  /** Why the last cluster no longer exists, until there is another one. */
  lost: string | undefined;
  /** Why a new cluster could not be claimed, until the next attempt. */
  problem: string | undefined;
  readonly #imports: string[];
  #patient: SharedClaim | undefined;
  #claiming: Promise<SandboxInfo> | undefined;

  constructor(tutorial: string, mode: Mode, blocks: Block[], imports: string[]) {
    this.mode = mode;
    this.blocks = stepsIn(blocks, mode);
    this.memory = new ModeMemory(tutorial, mode, new Set(this.blocks.map(({ id }) => id)));
    this.#imports = imports;
  }

  /** The page's name, which is part of storage keys. */
  get tutorial(): string {
    return this.memory.tutorial;
  }

  get kept(): Kept {
    return this.memory.kept;
  }

  /**
   * Whether another page, or this one before its memory was lost, did something in the cluster that this page knows
   * nothing about.
   */
  get holdsOthersWork(): boolean {
    const { info, kept } = this;
    return info !== undefined && kept.run === undefined && info.done.some((id) => kept.done[id]?.sandbox !== info.id);
  }

  /** Whether this page did something in the cluster. */
  get holdsOwnWork(): boolean {
    return Object.values(this.kept.done).some(({ sandbox }) => sandbox === this.kept.sandbox);
  }

  /** Whether anything was run in the current cluster. */
  get hasDoneSomething(): boolean {
    const { done, failed } = this.kept;
    return (
      this.holdsOthersWork ||
      [...Object.values(done), ...Object.values(failed)].some(({ sandbox }) => sandbox === this.kept.sandbox)
    );
  }

  /** Returns the plan for the current state. */
  plan(): Plan {
    return planSteps(
      this.blocks.map(({ step }) => step),
      this.mode,
      this.kept.sandbox,
      new Map(Object.entries(this.kept.done)),
      new Map(Object.entries(this.kept.failed)),
    );
  }

  /**
   * Returns the reader's sandbox and makes it when there is none. Simultaneous calls share one claim. Throws what
   * `claimSandbox` does, which also says what `patient` means.
   */
  async claim(patient?: AbortSignal): Promise<SandboxInfo> {
    this.#claiming ??= oneAtATime(() => claimSandbox(this.mode, this.#imports, patient)).finally(() => {
      this.#claiming = undefined;
    });
    const info = await this.#claiming;
    this.info = info;
    this.lost = undefined;
    this.problem = undefined;
    this.memory.setSandbox(info.id);
    void import('../../api/presence.ts').then(({ hold }) => hold(info.id)).catch(() => undefined);
    return info;
  }

  /**
   * Like `claim`, but waits while it cannot be granted. Simultaneous callers share one wait, see `SharedClaim.join`.
   */
  async claimPatiently(onWait: OnWait, signal: AbortSignal): Promise<SandboxInfo> {
    const { SharedClaim } = await import('./shared-claim.ts').catch((cause: unknown) => {
      throw new AwayError(undefined, { cause });
    });
    this.#patient ??= new SharedClaim((patient) => this.claim(patient));
    return await this.#patient.join(onWait, signal);
  }

  /** Whether `claimPatiently` is under way; `waits` says why it takes so long, if it has to wait. */
  get patience(): { isUnderWay: boolean; waits: SharedClaim['told'] } {
    return { isUnderWay: this.#patient?.isUnderWay ?? false, waits: this.#patient?.told };
  }

  /**
   * Reads the state of the sandbox. When it no longer exists, `lost` says why. Throws AwayError, or RefusedError when
   * that is temporary.
   */
  async look(): Promise<void> {
    const { sandbox } = this.kept;
    if (sandbox === undefined) return;
    try {
      const info = await readSandbox(sandbox);
      const why = await whyLost(info);
      if (this.kept.sandbox !== sandbox) return;
      this.info = info;
      if (info.state === 'gone') this.lose(why);
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      if (this.kept.sandbox === sandbox) this.lose();
    }
  }

  /** Reads what the databases hold. Keeps what was known when the cluster does not answer. */
  async refreshHoldings(): Promise<void> {
    const { kept, holdings } = this;
    if (kept.sandbox === undefined) return;
    const { sandbox } = kept;
    const found = await readHoldings(sandbox).catch(() => undefined);
    // Meanwhile a run may have reported newer ones, or the cluster may have been replaced.
    if (
      found &&
      this.kept.sandbox === sandbox &&
      this.holdings === holdings &&
      JSON.stringify(found) !== JSON.stringify(holdings)
    )
      this.holdings = found;
  }

  /** Records that the sandbox no longer exists. What was done in it stays as a memory, but counts as out of date. */
  lose(sentence = CLUSTER_MISSING): void {
    this.#leaveCluster(sentence);
  }

  /**
   * Removes the sandbox and forgets what was done in it. Throws AwayError, or RefusedError when that is temporary, and
   * then changes nothing.
   */
  async reset(): Promise<void> {
    const { sandbox } = this.kept;
    if (sandbox !== undefined) {
      await removeSandbox(sandbox).catch((cause: unknown) => {
        if (!isRefusal(cause)) throw cause;
      });
    }
    this.forget();
  }

  /** Forgets the sandbox and what was done in it. */
  forget(): void {
    this.#leaveCluster(undefined, true);
  }

  #leaveCluster(lost: string | undefined, forgetsSteps = false): void {
    this.memory.loseSandbox(forgetsSteps);
    this.lost = lost;
    this.problem = undefined;
    this.info = undefined;
    this.holdings = NOTHING;
  }

  /**
   * Takes over what another tab changed. `key` is null when everything was cleared. Returns false when the storage
   * event concerned something else.
   */
  takeOver(key: string | null): boolean {
    const { sandbox } = this.kept;
    if (!this.memory.takeOver(key)) return false;
    if (this.info?.id !== this.kept.sandbox) this.info = undefined;
    if (sandbox !== this.kept.sandbox) this.holdings = NOTHING;
    // The other tab's cluster exists, whatever this tab lost before.
    if (this.kept.sandbox !== undefined) this.lost = undefined;
    return true;
  }
}

/** Returns why a sandbox no longer exists; undefined while it does, or when what words it cannot be loaded. */
async function whyLost({ cause, memoryBytes = 0 }: SandboxInfo): Promise<string | undefined> {
  if (!cause) return undefined;
  const words = await import('../../../shared/sentences/lost-sentence.ts').catch(() => undefined);
  return words?.lostSentence(cause, memoryBytes);
}

/** Whether the server has answered a claim of this page, and so the browser has our cookie. */
let hasCookie = false;

/**
 * If two tabs claimed at once before the browser has our cookie, the server would take them for two readers, and one
 * would soon lose its sandbox. Later claims must not wait for each other: in the queue, each may take long. Browsers
 * offer locks only over HTTPS and on localhost; elsewhere nothing is locked.
 */
async function oneAtATime<T>(claim: () => Promise<T>): Promise<T> {
  // The types wrongly say that it always exists.
  const locks = navigator.locks as LockManager | undefined;
  const made = await (locks && !hasCookie ? locks.request('bankrun:claim', claim) : claim()).catch((cause: unknown) => {
    hasCookie ||= cause instanceof RefusedError;
    throw cause;
  });
  hasCookie = true;
  return made;
}
