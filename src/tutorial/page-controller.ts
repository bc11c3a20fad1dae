import type { Mode } from '../../shared/protocol.ts';
import { readBlocks, type Block } from '../runner/step/block.ts';
import { ClusterBar } from './bar/cluster-bar.ts';
import { Editors } from './editors.ts';
import { openDetails } from '../ui/open-details.ts';
import { PageView } from './page-view.ts';
import type { Pin } from './pin.ts';
import type { Scope } from '../runner/step/plan.ts';
import type { Press } from '../runner/run/press.ts';
import { Readiness } from './readiness.ts';
import { Recordings } from './recorded-output.ts';
import type { Choice } from './scope-entries.ts';
import type { ScopeMenu } from './scope-menu.ts';
import { SectionProgress } from './section-progress.ts';
import { BUSY_SENTENCE, DATA_LOST, NOT_LOADED_SENTENCE } from '../sentences/cluster-sentences.ts';
import { Side, type RunParts } from '../runner/run/mode-runner.ts';
import { tellStatus } from '../ui/status.ts';
import { opensShell, TerminalOpener } from './terminal-opener.ts';

/** How often the cluster's time is looked at, milliseconds. */
const TICK_MS = 10_000;
/** How long the bar says what came of something else than a run, milliseconds. */
const TOLD_MS = 8000;
/** A new intent to press Run does not claim again before. */
const INTENT_AGAIN_MS = 5000;

/** What a press on Run means. */
interface Pressing {
  scope?: Scope;
  /** In a new cluster. */
  fresh?: boolean;
}

/** A press that is to be made. */
interface Doing {
  scope: Scope;
  work: (press: Press, parts: RunParts) => Promise<void>;
  /** Makes it again, where its parts could not be loaded. */
  again: () => void;
}

/** The page of a tutorial: its blocks, a side for each mode, and what the reader does with them. */
export class TutorialPage {
  readonly #blocks: Block[] = readBlocks();
  readonly #byId = new Map(this.#blocks.map((block) => [block.id, block]));
  readonly #sides: Record<Mode, Side>;
  readonly #editors: Editors;
  readonly #view: PageView;
  readonly #startsFresh: boolean;
  readonly terminal: TerminalOpener;
  readonly #readiness: Readiness;
  #intendedMs = Number.NEGATIVE_INFINITY;
  #pin: Pin | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #menu: Promise<ScopeMenu> | undefined;

  constructor(main: HTMLElement) {
    const { tutorial = '', imports = '', needs, fresh } = main.dataset;
    this.#readiness = new Readiness(needs, (isBack) => (isBack ? this.#show() : this.#redraw()));
    this.#startsFresh = fresh !== undefined;
    const modules = imports.split(',').filter(Boolean);
    const redraw = (): void => this.#redraw();
    this.#sides = {
      secure: new Side(tutorial, 'secure', this.#blocks, modules, redraw),
      insecure: new Side(tutorial, 'insecure', this.#blocks, modules, redraw),
    };
    this.terminal = new TerminalOpener({
      sides: this.#sides,
      side: () => this.#side,
      redraw,
      fail: () => this.#tell(NOT_LOADED_SENTENCE),
    });
    this.#editors = new Editors(tutorial, this.#blocks, redraw, (id) => void this.#run(this.#side, id));
    const bar = document.querySelector<HTMLElement>('[data-cluster]');
    const actions = {
      stop: () => void this.#side.press?.stop(),
      reset: () => this.#change(({ resetCluster }, side) => resetCluster(side)),
      renew: () => this.#change(async (_, { renewal }) => void (await renewal?.press())),
      fail: () => this.#tell(NOT_LOADED_SENTENCE),
      showOther: () =>
        document.querySelector<HTMLInputElement>(`.mode-filter input[value="${this.#other.mode}"]`)?.click(),
    };
    this.#view = new PageView(
      this.#readiness,
      bar ? new ClusterBar(bar, actions) : undefined,
      new SectionProgress(this.#blocks),
      new Recordings(),
    );
  }

  get #side(): Side {
    return this.#sides[document.documentElement.dataset['mode'] === 'insecure' ? 'insecure' : 'secure'];
  }

  get #other(): Side {
    return this.#sides[this.#side.mode === 'secure' ? 'insecure' : 'secure'];
  }

  /** Takes up what was left, and begins to listen. */
  open(): void {
    addEventListener('modechange', () => this.#show());
    addEventListener('storage', ({ key }) => {
      for (const side of Object.values(this.#sides)) {
        // A run of another tab is followed here, too; one that the reader left is not taken up for anything else that
        // was stored.
        if (side.takeOver(key)) this.#resume(side);
      }
      this.#redraw();
    });
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener('visibilitychange', () => this.#tick());
    this.#show();
    this.#readiness.watch();
    this.terminal.resume();
  }

  /** Presses Run on a block, or Stop where it runs. On a file: on the next step, which uses it. */
  press(id: string): void {
    const side = this.#side;
    const target = side.targetOf(id);
    if (target === undefined) return;
    if (!side.press && id === target && side.lives(target))
      return this.#change(({ stopBackground }) => stopBackground(side, this.#byId.get(target)!));
    if (side.press?.current === target || side.press?.target === target) return void side.press.stop();
    const after = this.#run(side, id);
    const block = this.#byId.get(id)!;
    if (after && opensShell(block.text))
      this.terminal.open(block.button('run'), { command: block.text, step: id, after });
  }

  /**
   * Runs a block in a mode; where something runs there already, says so: only the button, which says Stop then, ends
   * that.
   */
  #run(side: Side, id: string, { scope = 'needed', fresh = false }: Pressing = {}): Promise<void> | undefined {
    const target = side.targetOf(id);
    if (target === undefined) return undefined;
    const { pending } = this.#readiness;
    const again = (): void => void this.#run(side, id, { scope, fresh });
    if (pending) return pending.then(() => this.#run(side, id, { scope, fresh }));
    const refusal = side.press ? BUSY_SENTENCE : this.#readiness.unmet?.sentence;
    if (refusal === undefined) {
      return this.#hold(side, target, {
        scope,
        again,
        work: (press, parts) => {
          this.#keepInSight(id, target, parts);
          return press.run(fresh);
        },
      });
    }
    void side.equip().then(
      () => side.views.get(id)?.whisper(refusal),
      () => this.#byId.get(id)?.tell(refusal, again),
    );
    // Under a long file nobody sees it; the bar is always in sight.
    this.#tell(refusal);
    return undefined;
  }

  /** Opens the menu of what else a press on a block could run. */
  offer(id: string, opener: HTMLElement): void {
    const block = this.#byId.get(id);
    const target = this.#side.targetOf(id);
    if (!block || target === undefined) return;
    this.#menu ??= import('./scope-menu.ts').then(
      ({ ScopeMenu }) => new ScopeMenu((of, choice) => this.#choose(of.id, choice)),
    );
    this.#menu.then(
      (menu) => menu.open(block, opener, this.#side.workspace, target),
      () => {
        this.#menu = undefined;
        this.#tell(NOT_LOADED_SENTENCE);
      },
    );
  }

  #choose(id: string, choice: Choice): void {
    const last = this.#side.workspace.blocks.findLast((block) => block.kind !== 'file');
    if (choice === 'terminal') {
      const block = this.#byId.get(id)!;
      const step = this.#side.workspace.plan().send(id).at(-2);
      const after =
        step && !this.#side.press
          ? this.#hold(this.#side, step, {
              scope: 'needed',
              again: () => this.#choose(id, choice),
              work: (press) => press.run(false),
            })
          : undefined;
      this.terminal.open(block.button('scope'), { line: block.text, step, after });
    } else if (choice !== 'everything') void this.#run(this.#side, id, { scope: choice });
    else if (last) void this.#run(this.#side, last.id, { fresh: this.#side.workspace.hasDoneSomething });
  }

  /** What was pressed, or by Ctrl+Enter in a file's editor what is run then, stays in sight with its result. */
  #keepInSight(id: string, target: string, parts: RunParts): void {
    this.#pin?.release();
    const [pressed, ran] = [this.#byId.get(id), this.#byId.get(target)];
    if (pressed && ran) this.#pin = new parts.Pin(pressed.button('run') ?? pressed.figure, ran.result);
  }

  /**
   * The reader shows intent: a cluster is claimed before the press. A refusal waits for the press itself to be told.
   */
  intend(): void {
    const { workspace, press } = this.#side;
    const hasOrGets = press !== undefined || workspace.kept.sandbox !== undefined || workspace.patience.isUnderWay;
    void this.#side.equip().catch(() => undefined);
    // That a cluster was lost is read first.
    if (
      hasOrGets ||
      workspace.lost !== undefined ||
      !this.#readiness.isReady ||
      performance.now() - this.#intendedMs < INTENT_AGAIN_MS
    )
      return;
    this.#intendedMs = performance.now();
    void workspace.claim().then(
      () => this.#redraw(),
      () => undefined,
    );
  }

  /** Opens a block's editor, or closes it. */
  edit(id: string): void {
    this.#editors
      .load()
      .then((editing) => editing.toggle(id))
      .catch(() => this.#tell(NOT_LOADED_SENTENCE));
  }

  /** Shares the page, shows what a link brought, or takes home what ran, by a part that is fetched then. */
  desk(part: 'openShare' | 'openTakeHome' | 'receive', opener?: HTMLElement): void {
    const desk = {
      blocks: this.#blocks,
      editors: this.#editors,
      side: this.#side,
      run: (id: string) => this.#run(this.#side, id),
      opener,
    };
    void import('./panels.ts').then(
      (parts) => parts[part](desk),
      () => this.#tell(NOT_LOADED_SENTENCE),
    );
  }

  /** A block, with the text that is now in it. */
  block(id: string): Block | undefined {
    return this.#byId.get(id);
  }

  /**
   * Lets a press hold its side until it is over. One that comes while the parts for it are fetched is not a second one.
   */
  async #hold(side: Side, target: string, { scope, work, again }: Doing): Promise<void> {
    if (side.isFetching) return;
    side.isFetching = true;
    const parts = await side.equip().catch(() => undefined);
    side.isFetching = false;
    if (!parts) {
      this.#byId.get(target)?.tell(NOT_LOADED_SENTENCE, again);
      return tellStatus(NOT_LOADED_SENTENCE);
    }
    const press = new parts.Press(target, scope, {
      workspace: side.workspace,
      block: (id) => this.#byId.get(id),
      view: (id) => side.views.get(id)!,
      judge: side.judge!,
      redraw: () => this.#redraw(),
      runAgain: (id, fresh) => void this.#run(side, id, { scope, fresh }),
      reveal: (id) => this.#reveal(id),
      resume: () => this.#resume(side),
      isShown: () => side === this.#side,
      startsFresh: this.#startsFresh,
    });
    side.press = press;
    const over = work(press, parts);
    this.#redraw();
    side.over = over.then(() => {
      side.press = undefined;
      for (const view of side.views.values()) view.whisper('');
      this.#redraw();
      void side.workspace.look().then(
        () => this.#redraw(),
        () => undefined,
      );
    });
    await side.over;
  }

  /** Does something else than a run with the cluster that is shown, and tells what came of it. */
  #change(change: (parts: RunParts, side: Side) => Promise<string | undefined>): void {
    const side = this.#side;
    const changed = side.equip().then(
      (parts) => change(parts, side),
      () => NOT_LOADED_SENTENCE,
    );
    void changed.then((sentence) => (sentence === undefined ? this.#redraw() : this.#tell(sentence)));
  }

  /** Says something to the ear, and in the bar for the eye. */
  #tell(sentence: string): void {
    tellStatus(sentence);
    this.#view.told = sentence;
    this.#redraw();
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      this.#view.told = undefined;
      this.#redraw();
    }, TOLD_MS);
  }

  #reveal(id: string): void {
    this.#pin?.release();
    const block = this.#byId.get(id);
    if (!block) return;
    const behavior = openDetails(block.figure);
    block.figure.scrollIntoView({ block: 'center', behavior });
    block.button('run')?.focus({ preventScroll: true });
  }

  #resume(side: Side): void {
    const target = side.workspace.kept.run?.steps.at(-1);
    if (target !== undefined && !side.press)
      void this.#hold(side, target, {
        scope: 'needed',
        work: (press) => press.resume(),
        again: () => this.#resume(side),
      });
  }

  /**
   * Shows the mode that the page is in: how its cluster is, and the runs that are still under way, that of the other
   * mode too.
   */
  #show(): void {
    const side = this.#side;
    this.#redraw();
    for (const each of [side, this.#other]) this.#resume(each);
    if (side.press || side.workspace.kept.run) return;
    const looks = Promise.all([side.workspace.look(), side.workspace.lookAtHoldings()]);
    void looks.then(
      () => this.#redraw(),
      () => undefined,
    );
  }

  /** Minutes pass; a cluster may have run out of them. */
  #tick(): void {
    const { workspace, press } = this.#side;
    if (document.hidden) return;
    if (press || workspace.info === undefined || Date.now() < workspace.info.expiresAtMs) return this.#redraw();
    void workspace.look().then(
      () => {
        this.#redraw();
        if (workspace.lost !== undefined) tellStatus(`${workspace.lost} ${DATA_LOST}`);
      },
      () => undefined,
    );
  }

  #redraw(): void {
    this.#view.draw(this.#side, this.#other);
  }
}
