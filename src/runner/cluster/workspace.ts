import type { Holdings, Mode, SandboxInfo } from '../../../shared/protocol.ts';
import { claimSandbox, isRefusal, readHoldings, readSandbox, removeSandbox } from '../../api/request.ts';
import type { Block } from '../step/block.ts';
import { ModeMemory } from './mode-memory.ts';
import type { Kept } from './remembered.ts';
import { planSteps, type Plan } from '../step/plan.ts';
import { CLUSTER_MISSING } from '../../sentences/cluster-sentences.ts';
import { stepsIn } from '../../../shared/step.ts';
import { SharedClaim, type OnWait } from './shared-claim.ts';

const NOTHING: Holdings = { tables: [], unlisted: { tables: 0, databases: 0 } };

/** What the page knows of a reader's sandbox in one mode, and of what was done in it. */
export class Workspace {
  readonly mode: Mode;
  readonly blocks: Block[];
  /** What is remembered of it in all tabs; changes to that are made there. */
  readonly memory: ModeMemory;
  info: SandboxInfo | undefined;
  /** What the databases held when they were last looked at. */
  holdings = NOTHING;
  /** Why the last cluster is no more, until there is another. */
  lost: string | undefined;
  /** Why another could not be had in its place, until it is asked for again. */
  problem: string | undefined;
  readonly #imports: string[];
  readonly #patient = new SharedClaim(() => this.claim());
  #claiming: Promise<SandboxInfo> | undefined;

  constructor(tutorial: string, mode: Mode, blocks: Block[], imports: string[]) {
    this.mode = mode;
    this.blocks = stepsIn(blocks, mode);
    this.memory = new ModeMemory(tutorial, mode, new Set(this.blocks.map(({ id }) => id)));
    this.#imports = imports;
  }

  /** The page's name, under which things are remembered. */
  get tutorial(): string {
    return this.memory.tutorial;
  }

  get kept(): Kept {
    return this.memory.kept;
  }

  /** Another page, or an earlier life of this one, did something in the cluster that this page knows nothing of. */
  get holdsOthersWork(): boolean {
    const { info, kept } = this;
    return info !== undefined && kept.run === undefined && info.done.some((id) => kept.done[id]?.sandbox !== info.id);
  }

  /** This page did something in the cluster. */
  get holdsOwnWork(): boolean {
    return Object.values(this.kept.done).some(({ sandbox }) => sandbox === this.kept.sandbox);
  }

  /** Something was run in the cluster that is there. */
  get hasDoneSomething(): boolean {
    const { done, failed } = this.kept;
    return (
      this.holdsOthersWork ||
      [...Object.values(done), ...Object.values(failed)].some(({ sandbox }) => sandbox === this.kept.sandbox)
    );
  }

  /** The plan as things stand now. */
  plan(): Plan {
    return planSteps(
      this.blocks.map(({ step }) => step),
      this.mode,
      this.kept.sandbox,
      new Map(Object.entries(this.kept.done)),
      new Map(Object.entries(this.kept.failed)),
    );
  }

  /** The reader's sandbox: theirs already, or a new one. Calls at the same time share one claim, in all tabs. */
  async claim(): Promise<SandboxInfo> {
    this.#claiming ??= oneAtATime(() => claimSandbox(this.mode, this.#imports)).finally(() => {
      this.#claiming = undefined;
    });
    const info = await this.#claiming;
    this.info = info;
    this.lost = undefined;
    this.problem = undefined;
    this.memory.setSandbox(info.id);
    return info;
  }

  /** As `claim`, with patience; all who wait at the same time share one wait. See `SharedClaim.join`. */
  async claimPatiently(onWait: OnWait, signal: AbortSignal): Promise<SandboxInfo> {
    return await this.#patient.join(onWait, signal);
  }

  /** Somebody claims with patience; `waits` says why it takes so long, when it does. */
  get patience(): { isUnderWay: boolean; waits: Parameters<OnWait> | undefined } {
    return { isUnderWay: this.#patient.isUnderWay, waits: this.#patient.told };
  }

  /** Asks how the sandbox is; when it is no more, `lost` says why. Throws AwayError, or RefusedError for now. */
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

  /** Asks what the databases hold; a cluster that does not say leaves what was known. */
  async lookAtHoldings(): Promise<void> {
    const { kept, holdings } = this;
    if (kept.sandbox === undefined) return;
    const { sandbox } = kept;
    const found = await readHoldings(sandbox).catch(() => undefined);
    // A run may have told of newer ones meanwhile, and the cluster may be another.
    if (
      found &&
      this.kept.sandbox === sandbox &&
      this.holdings === holdings &&
      JSON.stringify(found) !== JSON.stringify(holdings)
    )
      this.holdings = found;
  }

  /** The sandbox is no more: what was done there stays as a memory, and counts for nothing. */
  lose(sentence = CLUSTER_MISSING): void {
    this.#leaveCluster(sentence);
  }

  /**
   * Removes the sandbox, and forgets what was done in it. Throws AwayError, or RefusedError for now, with all as it
   * was.
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

  /** Forgets the sandbox and what was done in it: a fresh start. */
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
   * Takes over what another tab changed; `key` null: everything was cleared. False when the storage's change was none
   * of this.
   */
  takeOver(key: string | null): boolean {
    const { sandbox } = this.kept;
    if (!this.memory.takeOver(key)) return false;
    if (this.info?.id !== this.kept.sandbox) this.info = undefined;
    if (sandbox !== this.kept.sandbox) this.holdings = NOTHING;
    // What the other tab has is there, whatever this one lost before.
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

/**
 * Two tabs that claim at once, before the browser has a cookie of ours, would be two readers to the server, and one
 * would soon lose what it got. Browsers have locks only where the site comes by HTTPS or from this machine; elsewhere
 * nothing is locked.
 */
async function oneAtATime<T>(claim: () => Promise<T>): Promise<T> {
  // Types say that it is always there.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? await locks.request('bankrun:claim', claim) : await claim();
}
