import {
  ROLLED_BACK,
  ROLLED_BACK_LATE,
  transactionSentence,
  TRANSACTION_WORDS,
} from '../../sentences/transaction-sentences.ts';
import { rememberEnded } from '../cluster/run-memory.ts';
import type { OpenTransaction, SandboxInfo, TransactionState } from '../../../shared/protocol.ts';
import type { Block } from '../step/block.ts';
import type { ResultView } from '../result/result-view.ts';
import { endSession } from '../../api/run-requests.ts';
import { announce } from '../../ui/status.ts';
import { whyNot } from '../../api/trouble.ts';
import type { Workspace } from '../cluster/workspace.ts';
import { sessionOf } from '../../../shared/step.ts';
import { notRolledBack, REMEDY_LABELS } from '../../sentences/trouble-sentences.ts';

/** How long after a transaction's timeout the server has surely ended it, in milliseconds. */
const LATER_MS = 500;

/** Shows which transactions are open in the cluster of one mode, and which steps were undone with their session. */
export class Transactions {
  readonly #workspace: Workspace;
  readonly #views: ReadonlyMap<string, ResultView>;
  readonly #redraw: () => void;
  /** The info that was last taken over, and when. */
  #info: SandboxInfo | undefined;
  #takenMs = 0;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(workspace: Workspace, views: ReadonlyMap<string, ResultView>, redraw: () => void) {
    this.#workspace = workspace;
    this.#views = views;
    this.#redraw = redraw;
  }

  /**
   * Takes over what the cluster last reported. Call it before the page's steps are drawn, because it says which of them
   * are undone.
   */
  take(): void {
    const { info } = this.#workspace;
    if (info !== this.#info) this.#takeUp(info);
    for (const [id, view] of this.#views) {
      const open = this.#open.find(({ step }) => step === id);
      if (open) view.linger(this.#lineOf(open), { label: REMEDY_LABELS.rollBack, press: () => void this.#end(open) });
      else view.linger(undefined);
    }
  }

  /** The first open transaction, for the bar, as a sentence and in two words; undefined when none is open. */
  get words(): { long: string; short: string } | undefined {
    const [first] = this.#open;
    return first && TRANSACTION_WORDS[first.state];
  }

  get #open(): OpenTransaction[] {
    return this.#workspace.info?.transactions ?? [];
  }

  #lineOf({ state, leftMs }: OpenTransaction): string {
    return transactionSentence(state, leftMs === Infinity ? undefined : this.#takenMs + leftMs - Date.now());
  }

  #takeUp(info: SandboxInfo | undefined): void {
    this.#info = info;
    this.#takenMs = Date.now();
    rememberEnded(this.#workspace.memory, info?.undone ?? []);
    clearTimeout(this.#late);
    const leftMs = Math.min(...this.#open.map((open) => open.leftMs));
    if (leftMs !== Infinity) this.#late = setTimeout(() => void this.#lookLate(), leftMs + LATER_MS);
  }

  async #lookLate(): Promise<void> {
    const before = this.#open.length;
    await this.#look();
    if (this.#open.length < before) announce(ROLLED_BACK_LATE);
  }

  async #look(): Promise<void> {
    await this.#workspace.look().catch(() => undefined);
    this.#redraw();
  }

  async #end({ session, step }: OpenTransaction): Promise<void> {
    const { sandbox } = this.#workspace.kept;
    if (sandbox === undefined) return;
    try {
      await endSession(sandbox, session);
    } catch (cause) {
      const sentence = notRolledBack(whyNot(cause));
      this.#views.get(step)?.whisper(sentence);
      return announce(sentence);
    }
    await this.#look();
    announce(ROLLED_BACK);
  }
}

/** Notes whether a step left a transaction open, until the cluster itself is asked. */
export function noteTransaction(
  { info }: Workspace,
  block: Pick<Block, 'id' | 'step'> | undefined,
  state: TransactionState | undefined,
): void {
  const session = block && sessionOf(block.step);
  if (!info || !block || session === undefined) return;
  const others = (info.transactions ?? []).filter((open) => open.session !== session);
  info.transactions = state === undefined ? others : [...others, { session, step: block.id, state, leftMs: Infinity }];
}
