import type { Mode, SandboxInfo } from '../../server/protocol.ts';
import { claimSandbox, readSandbox, removeSandbox, RefusedError } from './api.ts';
import type { Block } from './block.ts';
import { recall, remember, type Remembered } from './memory.ts';
import { planSteps, type Plan } from './plan.ts';

/** What the page knows of a reader's sandbox in one mode, and of what was done in it. */
export class Workspace {
  readonly mode: Mode;
  readonly blocks: Block[];
  readonly kept: Remembered;
  info: SandboxInfo | undefined;
  readonly #tutorial: string;
  readonly #imports: string[];
  #claiming: Promise<SandboxInfo> | undefined;

  constructor(tutorial: string, mode: Mode, blocks: Block[], imports: string[]) {
    this.mode = mode;
    this.blocks = blocks.filter((block) => block.mode === undefined || block.mode === mode);
    this.kept = recall(tutorial, mode);
    this.#tutorial = tutorial;
    this.#imports = imports;
  }

  /** The plan as things stand now. */
  plan(): Plan {
    const steps = this.blocks.map((block) => ({ id: block.id, text: block.identity }));
    return planSteps(steps, this.mode, this.kept.sandbox, new Map(Object.entries(this.kept.done)));
  }

  /** The reader's sandbox: theirs already, or a new one. Calls at the same time share one claim. */
  async claim(): Promise<SandboxInfo> {
    this.#claiming ??= claimSandbox(this.mode, this.#imports).finally(() => {
      this.#claiming = undefined;
    });
    const info = await this.#claiming;
    this.info = info;
    this.kept.sandbox = info.id;
    this.save();
    return info;
  }

  /** Asks how the remembered sandbox is; forgets it when the server knows it no more. Throws AwayError. */
  async look(): Promise<void> {
    if (this.kept.sandbox === undefined) return;
    try {
      this.info = await readSandbox(this.kept.sandbox);
      if (this.info.state === 'gone') this.lose();
    } catch (cause) {
      if (!(cause instanceof RefusedError)) throw cause;
      this.lose();
    }
  }

  /** The sandbox is no more: what was done there stays as a memory, and counts for nothing. */
  lose(): void {
    delete this.kept.sandbox;
    delete this.kept.run;
    this.save();
  }

  /** Removes the sandbox, and forgets what was done in it. */
  async reset(): Promise<void> {
    const id = this.kept.sandbox;
    this.info = undefined;
    this.kept.done = {};
    this.lose();
    if (id === undefined) return;
    await removeSandbox(id).catch((cause: unknown) => {
      if (!(cause instanceof RefusedError)) throw cause;
    });
  }

  save(): void {
    this.kept.edits = Object.fromEntries(this.blocks.flatMap((block) => (block.edited === undefined ? [] : [[block.id, block.edited]])));
    remember(this.#tutorial, this.mode, this.kept);
  }
}
