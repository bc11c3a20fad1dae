import { countBegin, rememberJudged } from '../cluster/run-memory.ts';
import type { Holdings } from '../../../shared/protocol.ts';
import { isJudged, type Block } from '../step/block.ts';
import { loadJudgement } from '../compare/load-judgement.ts';
import type { ResultView } from '../result/result-view.ts';
import { runsIn } from '../cluster/run-count.ts';
import type { Conditions } from '../compare/reasons.ts';
import type { Judged, Kept } from '../cluster/remembered.ts';
import type { Verdict } from '../compare/verdict.ts';
import type { Workspace } from '../cluster/workspace.ts';

/** The time to wait for the code that compares. A later verdict is shown but not announced. */
const LOAD_MS = 3000;

/**
 * Compares the output of one mode's steps with what the page expects, and shows the verdicts. Without a verdict, the
 * expected output stays below the step.
 */
export class Judge {
  readonly #workspace: Workspace;
  readonly #views: ReadonlyMap<string, ResultView>;
  readonly #verdicts = new Map<string, Promise<Verdict | undefined>>();
  /**
   * What the databases held after the last run of this page, and how many steps had been started in the cluster until
   * then.
   */
  #after: { holdings: Holdings; runs: number } | undefined;
  /** What the databases were known to hold when the run under way began. */
  #known: Holdings | undefined;
  #heldBefore: { step: string; holdings: Holdings } | undefined;

  constructor(workspace: Workspace, views: ReadonlyMap<string, ResultView>) {
    this.#workspace = workspace;
    this.#views = views;
  }

  /** To be called when a step of the run under way begins. */
  begin(id: string): void {
    const { kept, holdings, memory } = this.#workspace;
    const block = this.#block(id);
    this.#verdicts.delete(id);
    if (!block || !kept.run) return;
    const { steps, sent } = kept.run;
    const isFirst = steps.find((each) => this.#block(each)?.kind !== 'file') === id;
    const isCertain =
      this.#after?.holdings === holdings &&
      this.#after.runs === runsIn(kept) &&
      Object.values(kept.done).every(({ location }) => location === undefined);
    if (isFirst) this.#known = holdings;
    const isCounted = countBegin(memory, id, sent[id]?.text !== block.authored);
    if (isCounted && isFirst && isCertain) this.#heldBefore = { step: id, holdings };
    if (isJudged(block)) void loadJudgement().catch(() => undefined);
  }

  /** To be called when a step has succeeded and is remembered. */
  done(id: string, hasOthersWork: boolean): void {
    const { blocks, kept } = this.#workspace;
    const { states } = this.#workspace.plan();
    const notDone = blocks
      .slice(
        0,
        blocks.findIndex((block) => block.id === id),
      )
      .findLast((block) => states.get(block.id)?.state === 'not-run');
    const heldBefore = this.#heldBefore?.step === id ? this.#heldBefore.holdings : undefined;
    this.#show(id, { heldBefore, hasOthersWork, ran: structuredClone(kept.ran), notDone });
  }

  /** Shows the remembered result of a step again. */
  replay(id: string): void {
    const { done, failed } = this.#workspace.kept;
    const [view, failure] = [this.#views.get(id), failed[id]];
    const events = (failure ?? done[id])?.events;
    view?.replay(events ?? [], done[id]?.events);
    if (failure?.head !== undefined) view?.say(failure.head, 'failed');
    if (events && !failure) this.#show(id);
  }

  /** Returns a sentence with the verdicts of a run's steps; empty when none was compared. */
  async summarise(ids: string[]): Promise<string> {
    const { kept, holdings } = this.#workspace;
    // When the server could not read the databases, the holdings are still those from before.
    this.#after = holdings === this.#known ? undefined : { holdings, runs: runsIn(kept) };
    const asked = ids.flatMap(
      (id) =>
        this.#verdicts
          .get(id)
          ?.then((verdict) => ({ title: this.#block(id)?.title ?? '', isLast: id === ids.at(-1), verdict })) ?? [],
    );
    if (asked.length === 0) return '';
    const told = Promise.all([loadJudgement(), ...asked]).then(([{ verdictSentence }, ...judged]) =>
      verdictSentence(judged.flatMap(({ verdict, ...of }) => (verdict ? [{ ...of, verdict }] : []))),
    );
    const late = new Promise<string>((settle) => setTimeout(settle, LOAD_MS, ''));
    return await Promise.race([told.catch(() => ''), late]);
  }

  #block(id: string): Block | undefined {
    return this.#workspace.blocks.find((block) => block.id === id);
  }

  #show(id: string, now?: Conditions): void {
    const view = this.#views.get(id);
    const block = this.#block(id);
    if (!view || !block || !isJudged(block)) return;
    const { round } = view;
    const shown = now && view.shown;
    this.#verdicts.set(
      id,
      loadJudgement()
        .then(({ judge, judgedOf, showVerdict }) => {
          const { blocks, kept, memory } = this.#workspace;
          // A step that is only shown again was already judged by the tab that ran it.
          const judged = now && judgedOf(block, blocks, kept.done, now);
          if (judged) rememberJudged(memory, id, judged);
          const verdict = judge(block, blocks, this.#workspace.kept.done, shown);
          if (judged && verdict && isIncomplete(kept.done[id]))
            rememberJudged(memory, id, { ...judged, ...foundBy(verdict) });
          if (verdict && view.round === round) showVerdict(verdict, view);
          return verdict;
        })
        .catch(() => undefined),
    );
  }
}

/** Whether a step has printed more than is kept. */
function isIncomplete(record: Kept['done'][string] | undefined): boolean {
  return record?.events === undefined || record.isShort === true;
}

/** Returns what a verdict found, for where the output itself is too long to keep. */
function foundBy(verdict: Verdict): Pick<Judged, 'found'> {
  if (verdict.is === 'not-compared') return {};
  const { meant, differing } = verdict.is === 'differs' ? verdict : { meant: undefined, differing: 0 };
  return { found: { differing, ...(meant && { meant }) } };
}
